/** URLs of the organisations of clients; nothing else spells them. */
export const paths = {
  list: '/administracion/organizaciones',
  newOrganization: '/administracion/organizaciones/nueva',
  organization: (id: number | ':id') => `/administracion/organizaciones/${id}`,
  deletion: (id: number | ':id') => `/administracion/organizaciones/${id}/eliminacion`,
}
