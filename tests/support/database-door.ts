import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to the database that a test can close. */
export interface DatabaseDoor {
  /** The database's URL through the door. */
  url: string
  /** Lets everybody in; so it is at the beginning. */
  open(): Promise<void>
  /** Whoever is in goes on, whoever comes is let in but gets no word. */
  silence(): void
  /** Throws out who is in, and refuses whoever comes. */
  close(): Promise<void>
}

export async function databaseDoor(url: string): Promise<DatabaseDoor> {
  const { hostname, port } = new URL(url)
  const inside = new Set<Socket>()
  let silent = false
  const door = createServer(visitor => {
    inside.add(visitor)
    visitor.on('error', () => {}).on('close', () => inside.delete(visitor))
    if (silent) return
    const database = connect(Number(port), hostname)
    database.on('error', () => visitor.destroy()).on('close', () => visitor.destroy())
    visitor.on('close', () => database.destroy())
    visitor.pipe(database).pipe(visitor)
  })
  const listen = async (place: number) => void (await once(door.listen(place, '127.0.0.1'), 'listening'))
  await listen(0)
  const place = (door.address() as AddressInfo).port
  const through = new URL(url)
  through.host = `127.0.0.1:${place}`
  return {
    url: through.href,
    async open() {
      silent = false
      if (!door.listening) await listen(place)
    },
    silence: () => {
      silent = true
    },
    async close() {
      if (!door.listening) return
      door.close()
      for (const visitor of inside) visitor.destroy()
      await once(door, 'close')
    },
  }
}
