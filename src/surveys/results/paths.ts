/** URLs of the results; nothing else spells them. */
export const paths = {
  results: '/encuestas/resultados',
  survey: (id: number) => `/encuestas/resultados/${id}`,
  texts: (id: number, question: number) => `/encuestas/resultados/${id}/textos/${question}`,
  lowScores: (id: number) => `/encuestas/resultados/${id}/puntuaciones-bajas`,
  csv: (id: number) => `/encuestas/resultados/${id}/csv`,
}
