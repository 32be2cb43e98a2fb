/** URLs of the permissions slice; nothing else spells them. */
export const paths = {
  permissions: '/administracion/permisos',
  person: (id: number) => `/administracion/permisos/${id}`,
  choice: (id: number) => `/administracion/permisos/${id}/eleccion`,
  preview: (id: number) => `/administracion/permisos/${id}/vista-previa`,
  whyNot: '/administracion/por-que-no',
  whyNotOf: (person: number) => `/administracion/por-que-no?persona=${person}`,
}
