export const paths = {
  signIn: '/ingresar',
  signOut: '/salir',
}
