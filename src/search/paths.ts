/** URLs of the search; nothing else spells them. */
export const paths = {
  search: '/buscar',
  suggestions: '/buscar/sugerencias',
}
