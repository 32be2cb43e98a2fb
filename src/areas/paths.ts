import { withQuery } from '../web/listing.ts'

/** URLs of the areas slice; nothing else spells them. */
export const paths = {
  areas: '/administracion/areas',
  newArea: '/administracion/areas/nueva',
  area: (id: number) => `/administracion/areas/${id}`,
  archiving: (id: number) => `/administracion/areas/${id}/archivo`,
  restoration: (id: number) => `/administracion/areas/${id}/restauracion`,
  members: (id: number) => `/administracion/areas/${id}/personas`,
  foundMembers: (id: number, buscar: string) => withQuery(`/administracion/areas/${id}/personas`, { buscar }),
  member: (id: number, userId: number) => `/administracion/areas/${id}/personas/${userId}`,
  removal: (id: number, userId: number) => `/administracion/areas/${id}/personas/${userId}/retiro`,
}
