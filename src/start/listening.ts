import { once } from 'node:events'
import { type AddressInfo, createServer, isIPv6, type Server } from 'node:net'
import type { Config } from '../config.ts'
import { errorCode, StartFailure } from '../platform/start-failure.ts'

interface Address extends Pick<Config, 'host' | 'port'> {
  /** The variables that say so, for complaints; HOST and PORT unless given. */
  variables?: { host: string; port: string }
}

/** Finds out about a taken port before anything is started or migrated. */
export async function checkAddress(address: Address): Promise<void> {
  const probe = createServer()
  await listen(probe, address)
  probe.close()
  await once(probe, 'close')
}

/** @throws StartFailure when the address cannot be listened on */
export async function listen(server: Server, address: Address): Promise<void> {
  server.listen(address.port, address.host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new StartFailure(complaint(address, error), { cause: error })
  }
}

/** Where a server really listens, also when the system chose the port. */
export function addressOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo
  return `http://${isIPv6(address) ? `[${address}]` : address}:${port}`
}

function complaint({ host, port, variables = { host: 'HOST', port: 'PORT' } }: Address, error: unknown): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return `El puerto ${port} de ${host} está ocupado; cierre el programa que lo usa o elija otro con ${variables.port}.`
    case 'EACCES':
      return `No se permite escuchar en el puerto ${port} con esta cuenta; elija con ${variables.port} uno a partir de 1024.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} no es una dirección de esta máquina; corrija ${variables.host}.`
    default:
      return `No se puede escuchar en ${host}, puerto ${port} (${errorCode(error) ?? error}).`
  }
}
