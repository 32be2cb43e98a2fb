import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import type { Config } from '../config.ts'
import { errorCode, StartFailure } from '../platform/start-failure.ts'

type Address = Pick<Config, 'host' | 'port'>

/** Finds out about a taken port before anything is started or migrated. */
export async function checkAddress(address: Address): Promise<void> {
  const probe = await listen(() => {}, address)
  probe.close()
  await once(probe, 'close')
}

/** @throws StartFailure when the address cannot be listened on */
export async function listen(application: RequestListener, { host, port }: Address): Promise<Server> {
  const server = createServer(application)
  server.listen(port, host)
  try {
    await once(server, 'listening')
    return server
  } catch (error) {
    throw new StartFailure(complaint({ host, port }, error), { cause: error })
  }
}

/** Where a server really listens, also when the system chose the port. */
export function addressOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo
  return `http://${isIPv6(address) ? `[${address}]` : address}:${port}`
}

/**
 * Takes no more connections, lets the requests in flight end, and closes every connection that has none.
 * @param limit milliseconds after which what is still running is cut off
 */
export async function drain(server: Server, limit = 10_000): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // A connection that is busy now is kept alive after its answer, and close() would wait for it.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const end = setTimeout(() => server.closeAllConnections(), limit)
  await closed
  clearInterval(sweep)
  clearTimeout(end)
}

function complaint({ host, port }: Address, error: unknown): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return `El puerto ${port} de ${host} está ocupado; cierre el programa que lo usa o elija otro con PORT.`
    case 'EACCES':
      return `No se permite escuchar en el puerto ${port} con esta cuenta; elija con PORT uno a partir de 1024.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} no es una dirección de esta máquina; corrija HOST.`
    default:
      return `No se puede escuchar en ${host}, puerto ${port} (${errorCode(error) ?? error}).`
  }
}
