import { randomUUID } from 'node:crypto'
import { paths as search } from '../../src/search/paths.ts'
import { statusSlugs } from '../../src/tickets/filters.ts'
import { paths } from '../../src/tickets/paths.ts'
import { newestFirst, PAGE_SIZE, withQuery } from '../../src/web/listing.ts'
import { FIRST_AGENT } from '../database/organization.ts'
import { COMMON_WORD, FADED_WORD, RARE_WORD, UNCOMMON_WORD } from '../database/phrases.ts'
import { LONG, SHORT } from '../database/plan.ts'
import { type Person, people } from './people.ts'
import type { Ask } from './shot.ts'
import type { Stand } from './stand.ts'

/** One page or write that is measured. */
export interface Case {
  name: string
  /** Null where nobody has signed in. */
  person: Person | null
  kind: 'list' | 'page' | 'write'
  /** Held against the floor. */
  hot?: true
  /** Of those before it, the one whose time it must not exceed by much: the first page of the same list. */
  like?: string
  /** Most milliseconds of its 99th percentile, with 16 connections. */
  slowest?: number
  /** Null where a database of this size has nothing to show. */
  ask: (stand: Stand) => Promise<Pick<Ask, 'make' | 'accept'> | null>
}

const FINISHED = `status = 'FINALIZADO'`
const finished = (parameters: Record<string, string> = {}) =>
  withQuery(paths.tickets, { estado: statusSlugs.FINALIZADO, ...parameters })
/** Which page is meant by far behind. */
const FAR = 1000

/** A new case is a new row here. */
export const cases: Case[] = [
  { name: 'Ingresar', person: null, kind: 'page', ask: async () => shows('/ingresar', 'name="clave"') },
  listed('Tickets', 'administrador', paths.tickets, `status = 'REGISTRADO'`),
  listed('Tickets finalizados', 'administrador', finished(), FINISHED),
  { ...behind('administrador', FINISHED), name: 'Tickets finalizados, página 1000', like: 'Tickets finalizados' },
  listed('Tickets de un Supervisor', 'supervisor', finished(), `${FINISHED} AND area_id IN (1, 2)`),
  {
    ...behind('supervisor', `${FINISHED} AND area_id IN (1, 2)`),
    name: 'Tickets de un Supervisor, página 1000',
    like: 'Tickets de un Supervisor',
  },
  detailed('Detalle, 5 entradas', SHORT),
  detailed('Detalle, 200 entradas', LONG),
  listed('Asignados', 'agente', paths.assigned, assignedTo(people.agente)),
  listed('Mis tickets', 'cliente', paths.mine, `${people.cliente} IN (requester_id, creator_id)`),
  {
    name: 'Nuevo ticket, formulario',
    person: 'cliente',
    kind: 'page',
    ask: async () => shows(paths.newTicketIn(1), 'name="envio"'),
  },
  searched('Buscar una palabra común', COMMON_WORD),
  searched('Buscar una palabra rara', RARE_WORD),
  searched('Buscar una palabra de antes', FADED_WORD),
  searched('Buscar una palabra de cada cincuenta', UNCOMMON_WORD),
  { name: 'Crear un ticket', person: 'cliente', kind: 'write', ask: creation },
  { name: 'Escribir en la bitácora', person: 'agente', kind: 'write', ask: entry },
  { name: 'Asignar', person: 'supervisor', kind: 'write', ask: assignment },
]

function assignedTo(agent: number): string {
  return `status IN ('ASIGNADO', 'EN_PROCESO') AND (assignee_id = ${agent}
    OR assignee_group_id IN (SELECT group_id FROM group_members WHERE user_id = ${agent}))`
}

function shows(path: string, marker: string): Pick<Ask, 'make' | 'accept'> {
  return { make: () => ({ path }), accept: (status, body) => status === 200 && body.includes(marker) }
}

/** The first page of a list. @param condition on tickets, of what it must begin with */
function listed(name: string, person: Person, path: string, condition: string): Case {
  const ask = async (stand: Stand) => {
    const first = await ticketAt(stand, condition, 0)
    return first && shows(path, `#${first.number}</td>`)
  }
  return { name, person, kind: 'list', hot: true, ask }
}

/** What an Administrador finds of all tickets. */
function searched(name: string, word: string): Case {
  const path = withQuery(search.search, { texto: word })
  const ask = async () => shows(path, `<mark>${word}</mark>`)
  return { name, person: 'administrador', kind: 'page', slowest: 150, ask }
}

/** The page so far behind of the same list, by the key that a reader would have come with. */
function behind(person: Person, condition: string): Pick<Case, 'person' | 'kind' | 'ask'> {
  const ask = async (stand: Stand) => {
    const last = await ticketAt(stand, condition, (FAR - 1) * PAGE_SIZE - 1)
    const first = await ticketAt(stand, condition, (FAR - 1) * PAGE_SIZE)
    if (!last || !first) return null
    return shows(finished({ siguiente: newestFirst.encode(last) }), `#${first.number}</td>`)
  }
  return { person, kind: 'list', ask }
}

async function ticketAt({ pool }: Stand, condition: string, place: number) {
  const { rows } = await pool.query<{ number: number; createdAt: Date }>(
    `SELECT number, created_at AS "createdAt" FROM tickets WHERE ${condition}
     ORDER BY created_at DESC, number DESC OFFSET $1 LIMIT 1`,
    [place],
  )
  return rows[0] ?? null
}

function detailed(name: string, { number, entries }: { number: number; entries: number }): Case {
  const ask = async ({ pool }: Stand) => {
    const { rows } = await pool.query(
      'SELECT count(*)::int AS entries, max(id) AS last FROM log_entries WHERE ticket_number = $1',
      [number],
    )
    if (rows[0].entries !== entries) throw new Error(`Ticket ${number} has ${rows[0].entries} entries`)
    return shows(paths.ticket(number), `id="entrada-${rows[0].last}"`)
  }
  return { name, person: 'agente', kind: 'page', hot: true, ask }
}

const leadsTo = (path: RegExp) => (status: number, _body: string, headers: Record<string, string>) =>
  status === 303 && path.test(headers.location ?? headers.Location ?? '')

/** The form's own key, made as its page makes it; no two are the same. */
const form = (fields: Record<string, string | number>) =>
  new URLSearchParams({ envio: randomUUID(), ...fields } as Record<string, string>).toString()

async function creation(): Promise<Pick<Ask, 'make' | 'accept'>> {
  const texts = {
    asunto: 'La cafetera gotea en el comedor',
    descripcion: 'Les escribo porque la cafetera gotea y moja el piso.',
  }
  const make = () => ({
    path: paths.tickets,
    body: form({ area: 1, categoria: 1, solicitante: '', buscar: '', ...texts }),
  })
  return { make, accept: leadsTo(/^\/mis-tickets\/\d+$/) }
}

/** What the requester has created in this run, one after the other. */
async function entry({ pool }: Stand): Promise<Pick<Ask, 'make' | 'accept'>> {
  const { rows } = await pool.query<{ number: number }>(
    `SELECT number FROM tickets WHERE status = 'EN_PROCESO' AND assignee_id = $1 AND number NOT IN ($2, $3)
     ORDER BY created_at DESC LIMIT 200`,
    [people.agente, LONG.number, SHORT.number],
  )
  const next = inTurn(rows.map(({ number }) => number))
  const body = () => form({ texto: 'Cambié el cable y quedó en observación hasta la tarde.', visibilidad: 'PUBLICA' })
  return { make: () => ({ path: paths.log(next()), body: body() }), accept: leadsTo(/^\/tickets\/\d+#entrada-\d+$/) }
}

async function assignment({ pool }: Stand): Promise<Pick<Ask, 'make' | 'accept'>> {
  const { rows } = await pool.query<{ number: number; version: number }>(
    `SELECT number, version FROM tickets WHERE status = 'REGISTRADO' AND area_id = 1 ORDER BY created_at DESC, number DESC LIMIT 5000`,
  )
  const next = inTurn(rows)
  const make = () => {
    const { number, version } = next()
    return {
      path: paths.assignment(number),
      body: form({ version, responsable: `persona:${FIRST_AGENT + 1}`, nota: '' }),
    }
  }
  return { make, accept: leadsTo(/^\/tickets/) }
}

function inTurn<T>(values: T[]): () => T {
  let place = 0
  return () => {
    const value = values[place++ % values.length]
    if (value === undefined) throw new Error('There is nothing to write to')
    return value
  }
}
