/** URLs of the tickets slice; nothing else spells them. */
export const paths = {
  tickets: '/tickets',
  newTicket: '/tickets/nuevo',
  newTicketIn: (areaId: number) => `/tickets/nuevo?area=${areaId}`,
  ticket: (number: number) => `/tickets/${number}`,
  entry: (number: number, id: number) => `/tickets/${number}#entrada-${id}`,
  assignment: (number: number) => `/tickets/${number}/asignacion`,
  start: (number: number) => `/tickets/${number}/inicio`,
  log: (number: number) => `/tickets/${number}/bitacora`,
  cancellation: (number: number) => `/tickets/${number}/cancelacion`,
  completion: (number: number) => `/tickets/${number}/finalizacion`,
  reopening: (number: number) => `/tickets/${number}/reapertura`,
  mine: '/mis-tickets',
  myTicket: (number: number) => `/mis-tickets/${number}`,
  myEntry: (number: number, id: number) => `/mis-tickets/${number}#entrada-${id}`,
  assigned: '/asignados',
}
