const base = '/administracion/encuestas'
const survey = (id: number) => `${base}/${id}`

/** URLs of the surveys slice; nothing else spells them. */
export const paths = {
  surveys: base,
  newSurvey: `${base}/nueva`,
  coverage: `${base}/cobertura`,
  survey,
  wording: (id: number) => `${survey(id)}/datos`,
  application: (id: number) => `${survey(id)}/aplicacion`,
  draft: (id: number) => `${survey(id)}/borrador`,
  publication: (id: number) => `${survey(id)}/publicacion`,
  removal: (id: number) => `${survey(id)}/eliminacion`,
  preview: (id: number) => `${survey(id)}/vista-previa`,
  questions: (id: number) => `${survey(id)}/preguntas`,
  newQuestion: (id: number) => `${survey(id)}/preguntas/nueva`,
  question: (id: number, question: number) => `${survey(id)}/preguntas/${question}`,
  questionPosition: (id: number, question: number) => `${survey(id)}/preguntas/${question}/posicion`,
  questionRemoval: (id: number, question: number) => `${survey(id)}/preguntas/${question}/eliminacion`,
  mine: '/encuestas',
  invitation: (id: number) => `/encuestas/${id}`,
}
