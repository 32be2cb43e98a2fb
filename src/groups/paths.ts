/** URLs of the groups slice; nothing else spells them. */
export const paths = {
  groups: '/administracion/grupos',
  newGroup: '/administracion/grupos/nuevo',
  newGroupIn: (areaId: number) => `/administracion/grupos/nuevo?area=${areaId}`,
  group: (id: number) => `/administracion/grupos/${id}`,
  archiving: (id: number) => `/administracion/grupos/${id}/archivo`,
  restoration: (id: number) => `/administracion/grupos/${id}/restauracion`,
}
