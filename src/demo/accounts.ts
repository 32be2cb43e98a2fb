/** The accounts of a demonstration; only ever reachable from this machine, for everybody knows their password. */
export const demonstrationPassword = 'Demostracion-1'

export const demonstrationAccounts = [
  { email: 'administrador@demo.test', roleLabel: 'Administrador' },
  { email: 'supervisor@demo.test', roleLabel: 'Supervisor' },
  { email: 'agente@demo.test', roleLabel: 'Agente' },
  { email: 'agente2@demo.test', roleLabel: 'Agente' },
  { email: 'empleado@demo.test', roleLabel: 'Usuario (empleado)' },
  { email: 'cliente@demo.test', roleLabel: 'Usuario (cliente)' },
] as const
