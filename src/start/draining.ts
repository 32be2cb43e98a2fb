import type { Server, ServerResponse } from 'node:http'
import { type Socket, Server as TcpServer } from 'node:net'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'

// Node's own server.close() cuts idle connections at once, also those on which a request is already on its way, and goes
// on promising keep-alive to the others.

interface Limits {
  /** Milliseconds for which a connection without a request still takes one. */
  patience: number
  /** Milliseconds after which what is still running is cut off. */
  most: number
}

/**
 * Makes a server stoppable without a failed request. Call it before the first connection.
 * @returns stops the server: no new connections; every request on an open one gets its full answer, which says that the
 *   connection closes; settles when the last one is closed
 */
export function drainable(server: Server): (limits?: Limits) => Promise<void> {
  const connections = connectionsOf(server)
  const answers = new Set<ServerResponse>()
  let draining = false
  server.prependListener('request', (_req, answer: ServerResponse) => {
    if (draining) answer.shouldKeepAlive = false
    answers.add(answer)
    answer.once('close', () => answers.delete(answer))
  })
  return async ({ patience, most } = { patience: 1000, most: 10_000 }) => {
    draining = true
    for (const answer of answers) answer.shouldKeepAlive = false
    await stopListening(server)
    const closed = connections.allClosed()
    const end = setTimeout(() => server.closeAllConnections(), most)
    await Promise.race([closed, wait(patience)])
    const sweep = setInterval(() => closeUnused(server, connections.open), 50)
    await closed
    clearInterval(sweep)
    clearTimeout(end)
  }
}

/** Ends taking connections; those that are open stay. Of no effect on a server that is handed its connections. */
export async function stopListening(server: TcpServer): Promise<void> {
  // Takes the connections that the system has accepted for us; closing would reset them.
  await nextTurn()
  if (server.listening) TcpServer.prototype.close.call(server)
}

function connectionsOf(server: Server) {
  const open = new Set<Socket>()
  let emptied = () => {}
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      if (open.size === 0) emptied()
    })
  })
  const allClosed = () =>
    new Promise<void>(resolve => {
      emptied = resolve
      if (open.size === 0) resolve()
    })
  return { open, allClosed }
}

/** A browser opens connections ahead of any request, which Node does not count as idle. */
async function closeUnused(server: Server, connections: Set<Socket>): Promise<void> {
  // After the turn in which requests that have arrived are read.
  await nextTurn()
  server.closeIdleConnections()
  for (const connection of connections) if (connection.bytesRead === 0) connection.destroy()
}
