/** URLs of the audit; nothing else spells them. */
export const paths = {
  audit: '/administracion/auditoria',
  entry: (id: number) => `/administracion/auditoria/${id}`,
  download: '/administracion/auditoria/exportacion',
}
