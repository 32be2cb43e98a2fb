export const paths = {
  mails: '/administracion/correo',
  mail: (id: number | string) => `/administracion/correo/${id}`,
}
