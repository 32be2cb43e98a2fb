export const paths = {
  signIn: '/ingresar',
  signOut: '/salir',
  /** Where a link of an invitation or a forgotten password leads. */
  accountLink: (token: string) => `/acceso/${token}`,
}
