export const paths = {
  signIn: '/ingresar',
  signOut: '/salir',
  /** Where whoever forgot his password asks for a link, and is told that it is on its way. */
  forgotten: '/clave-olvidada',
  forgottenSent: '/clave-olvidada/enviado',
  /** Where clients ask for an account by themselves, are told to look into their mail, and follow its link. */
  signUp: '/registro',
  signUpSent: '/registro/enviado',
  signUpLink: (token: string) => `/registro/${token}`,
  /** Where a link of an invitation or a forgotten password leads. */
  accountLink: (token: string) => `/acceso/${token}`,
}
