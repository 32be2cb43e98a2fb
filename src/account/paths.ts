export const paths = {
  account: '/cuenta',
  name: '/cuenta/nombre',
  password: '/cuenta/clave',
  dates: '/cuenta/fechas',
  theme: '/cuenta/tema',
  closeOtherSessions: '/cuenta/sesiones/cierre',
}
