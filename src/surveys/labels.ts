import type { CategoryKind, QuestionKind, SurveyMode } from '../generated/prisma/enums.ts'

export const modeLabels: Record<SurveyMode, string> = {
  NOMINAL: 'Nominal',
  CONFIDENCIAL: 'Confidencial',
  ANONIMA: 'Anónima',
}

/** What a mode means, in the words in which the person is told before answering. */
export const modeMeanings: Record<SurveyMode, string> = {
  NOMINAL: 'Sus respuestas se guardan con su nombre; las ven quienes atendieron su ticket y quienes los supervisan.',
  CONFIDENCIAL: 'Solo los supervisores y los administradores ven quién contestó; quienes atendieron su ticket, no.',
  ANONIMA:
    'Se sabe que usted contestó, pero no qué: sus respuestas se guardan sin su nombre, sin su ticket y sin el día.',
}

export const questionKindLabels: Record<QuestionKind, string> = {
  OPCION: 'Una opción',
  VARIAS: 'Varias opciones',
  ESCALA: 'Escala del 1 al 5',
  SI_NO: 'Sí o no',
  TEXTO: 'Texto libre',
}

export const questionKindHelp: Record<QuestionKind, string> = {
  OPCION: 'La persona elige una de la lista.',
  VARIAS: 'La persona elige las que quiera de la lista.',
  ESCALA: '1 es lo peor y 5 lo mejor.',
  SI_NO: 'Dos respuestas: sí y no.',
  TEXTO: 'La persona escribe con sus palabras.',
}

export const kindScopeLabels: Record<CategoryKind, string> = {
  PROBLEMA: 'Todos los problemas',
  REQUERIMIENTO: 'Todos los requerimientos',
}

export type SurveyState = 'borrador' | 'publicada' | 'activa'

export const surveyStateLabels: Record<SurveyState, string> = {
  borrador: 'Borrador',
  publicada: 'Publicada',
  activa: 'Activa',
}

/** @param survey.published whether it has a published version */
export const stateOf = ({ active, published }: { active: boolean; published: boolean }): SurveyState =>
  active ? 'activa' : published ? 'publicada' : 'borrador'
