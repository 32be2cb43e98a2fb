import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Makes a server that never listens serve connections that another process has taken.
 * @returns gives it one
 */
export function handedConnections(server: Server): (connection: Socket) => void {
  // Node watches over slow requests, and knows idle connections, from when a server begins to listen.
  server.emit('listening')
  return connection => {
    // As on the connections that a server takes itself.
    connection.allowHalfOpen = true
    server.emit('connection', connection)
  }
}
