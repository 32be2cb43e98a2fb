import type { QuestionKind, SurveyMode } from '../generated/prisma/enums.ts'

interface QuestionText {
  kind: QuestionKind
  text: string
  required?: true
  mainScore?: true
  options?: readonly string[]
}

export interface SurveyContent {
  title: string
  introduction: string
  thanks: string
  mode: SurveyMode
  /** By its names; everything where neither is given. */
  area?: string
  category?: string
  /** Not published yet. */
  draft?: true
  questions: readonly QuestionText[]
}

const atencion: SurveyContent = {
  title: 'Su opinión sobre la atención',
  introduction: 'Nos ayuda a atender mejor. Son cinco preguntas y toma un minuto.',
  thanks: 'Gracias por su tiempo. Leemos todas las respuestas.',
  mode: 'NOMINAL',
  questions: [
    { kind: 'ESCALA', text: '¿Cómo califica la atención que recibió?', required: true, mainScore: true },
    { kind: 'SI_NO', text: '¿Se resolvió lo que pidió?', required: true },
    {
      kind: 'OPCION',
      text: '¿Qué le pareció el tiempo de respuesta?',
      options: ['Más rápido de lo que esperaba', 'El que esperaba', 'Más lento de lo que esperaba'],
    },
    {
      kind: 'VARIAS',
      text: '¿Qué destaca de la atención?',
      options: ['La rapidez', 'El trato', 'La claridad de las explicaciones', 'El seguimiento'],
    },
    { kind: 'TEXTO', text: '¿Qué podríamos mejorar?' },
  ],
}

const recursosHumanos: SurveyContent = {
  title: 'Trámites de Recursos Humanos',
  introduction: 'Queremos que los trámites sean más sencillos. Conteste con toda confianza.',
  thanks: 'Gracias. Lo que nos cuenta se revisa cada mes en conjunto.',
  mode: 'ANONIMA',
  area: 'Recursos Humanos',
  questions: [
    { kind: 'ESCALA', text: '¿Qué tan sencillo fue el trámite?', required: true, mainScore: true },
    {
      kind: 'OPCION',
      text: '¿Cuántas veces tuvo que preguntar por él?',
      options: ['Ninguna', 'Una o dos', 'Tres o más'],
    },
    { kind: 'TEXTO', text: 'Si quiere, cuéntenos qué lo hizo difícil.' },
  ],
}

const equipo: SurveyContent = {
  title: 'Entrega de equipo',
  introduction: 'Sobre el equipo que recibió y la forma en que se lo entregaron.',
  thanks: 'Gracias. Con esto elegimos mejor los equipos.',
  mode: 'CONFIDENCIAL',
  area: 'Sistemas',
  category: 'Equipo nuevo o préstamo',
  questions: [
    { kind: 'ESCALA', text: '¿Qué tan bien cubre el equipo lo que necesita?', required: true, mainScore: true },
    { kind: 'SI_NO', text: '¿Llegó configurado y listo para usarse?' },
    { kind: 'TEXTO', text: '¿Algo que debamos saber?' },
  ],
}

const clientes: SurveyContent = {
  title: 'Servicio a clientes externos',
  introduction: '',
  thanks: '',
  mode: 'NOMINAL',
  area: 'Servicio al Cliente',
  draft: true,
  questions: [
    { kind: 'ESCALA', text: '¿Qué tan probable es que nos recomiende?', required: true, mainScore: true },
    { kind: 'TEXTO', text: '¿Por qué?' },
  ],
}

export const surveys: readonly SurveyContent[] = [atencion, recursosHumanos, equipo, clientes]

/** What people answer to a main score, in turn. */
export const scores = [5, 4, 5, 5, 3, 4, 5, 2, 4, 5, 5, 4, 1, 5, 4, 3] as const

/** What they write beside each score, in turn; '' for nothing, as most do. */
export const remarks: Readonly<Record<number, readonly string[]>> = {
  1: ['Nadie me avisó que ya estaba cerrado y el problema seguía igual.', ''],
  2: ['Tardaron mucho en responder y tuve que explicar lo mismo dos veces.', ''],
  3: ['', 'Bien, pero me habría gustado saber antes cuánto iba a tardar.'],
  4: ['', '', 'Que avisen por correo cuando cambia el estado.', ''],
  5: ['', 'Todo muy bien, muchas gracias.', '', 'Nada, así está perfecto. ¡Gracias!', ''],
}

/** After how many hours somebody answers, in turn; null for never. */
export const patience: readonly (number | null)[] = [3, 26, null, 1, 50, 8, null, 4, 75, 20, null, 2]
