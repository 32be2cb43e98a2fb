import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { type AppDependencies, createApp } from '../../src/app.ts'
import type { Database } from '../../src/platform/db.ts'
import type { FileStorage } from '../../src/platform/files.ts'
import { localStorage } from '../../src/platform/files-local.ts'
import { findViewer } from '../../src/users/viewer.ts'
import type { Viewer } from '../../src/web/access.ts'
import { httpServer } from '../../src/web/http-server.ts'
import { type Cast, createCast, emailOf, PASSWORD, type Person } from './cast.ts'
import { Client } from './client.ts'
import { useDatabase } from './database.ts'

/** A clock that moves only when a test moves it. */
export interface TestClock {
  now(): Date
  advance(by: { seconds?: number; minutes?: number; days?: number }): void
}

export function createClock(start = '2026-03-02T15:00:00.000Z'): TestClock {
  let time = new Date(start).getTime()
  return {
    now: () => new Date(time),
    advance: ({ seconds = 0, minutes = 0, days = 0 }) => {
      time += ((days * 24 * 60 + minutes) * 60 + seconds) * 1000
    },
  }
}

/** The real application over HTTP on a database of its own, with the cast in it. */
export interface TestApplication {
  app: Express
  origin: string
  /** Of the database. */
  url: string
  db: Database
  clock: TestClock
  cast: Cast
  files: FileStorage
  /** Where forms' files are received. */
  incoming: string
  /** The log lines of the application, as parsed JSON. */
  log: Record<string, unknown>[]
  anonymous(): Client
  /** Somebody who has signed in; the same client on each call. */
  as(person: Person): Promise<Client>
  viewer(person: Person): Promise<Viewer>
}

/** Call at the top of a test file; server and database go when the file is done. */
export async function useApplication(): Promise<TestApplication> {
  const { db, url } = await useDatabase()
  const cast = await createCast(db)
  const { files, incoming } = useStorage()
  const { app, origin, clock, log, close } = await startApplication(db, { files, incoming })
  afterAll(close)
  const clients = new Map<Person, Promise<Client>>()
  const as = (person: Person) => {
    const client = clients.get(person) ?? signIn(new Client(origin), person)
    clients.set(person, client)
    return client
  }
  const viewer = async (person: Person) => {
    const found = await findViewer(db, cast.ids[person])
    if (!found) throw new Error(`${person} is not active`)
    return found
  }
  return { app, origin, url, db, clock, cast, files, incoming, log, anonymous: () => new Client(origin), as, viewer }
}

/** A local storage and a folder to receive files in, which go when the test file is done. */
export function useStorage() {
  const { remove, ...storage } = createStorage()
  afterAll(remove)
  return storage
}

function createStorage() {
  const folder = mkdtempSync(join(tmpdir(), 'tickets-archivos-'))
  const [uploads, incoming] = [join(folder, 'uploads'), join(folder, 'entrantes')]
  for (const each of [uploads, incoming]) mkdirSync(each)
  return { files: localStorage(uploads), uploads, incoming, remove: () => rmSync(folder, { recursive: true }) }
}

/** Signs sessions and seals mails. */
export const SECRET = 'el secreto de las pruebas, que no protege nada'

/** The application on a free port of this machine. Whoever calls it closes it. */
export async function startApplication(db: Database, changes: Partial<AppDependencies> = {}) {
  const clock = createClock()
  const log: Record<string, unknown>[] = []
  const { files, incoming, remove } = createStorage()
  const app = createApp({
    config: {
      timeZone: 'America/Mexico_City',
      trustProxy: 0,
      demonstration: false,
      publicUrl: 'https://soporte.ejemplo.test',
      smtpUrl: undefined,
    },
    db,
    clock,
    log: pino({ level: 'trace' }, { write: line => log.push(JSON.parse(line)) }),
    stop: new AbortController().signal,
    secret: SECRET,
    files,
    incoming,
    ...changes,
  })
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = httpServer(app)
      .listen(0, '127.0.0.1', () => resolve(starting))
      .once('error', reject)
  })
  const close = async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
    remove()
  }
  return { app, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, clock, log, close }
}

export async function signIn(client: Client, person: Person): Promise<Client> {
  const answer = await client.post('/ingresar', { correo: emailOf(person), clave: PASSWORD })
  if (answer.status !== 303) throw new Error(`${person} could not sign in: ${answer.status}`)
  return client
}
