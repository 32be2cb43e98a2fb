import { randomBytes } from 'node:crypto'
import type { Chance } from '../../src/demo/chance.ts'
import type { Answer, Client } from '../support/client.ts'
import type { Journal, Write } from './journal.ts'

/** Who writes, and where. */
export interface Staff {
  client: Client
  supervisor: Client
  agent: Client
  agentId: number
  areaId: number
  categoryId: number
}

interface Writing {
  staff: Staff
  journal: Journal
  chance: Chance
  /** Aborted by the crash: nobody begins anything after it. */
  crash: AbortSignal
}

/** Writes tickets through their lives, one after the other, until the crash. */
export async function writeUntilCrash(writing: Writing): Promise<void> {
  while (await liveThrough(writing));
}

type Step = [kind: Write['kind'], who: Client, page: string, form: (text: string) => Record<string, string | number>]

/** @returns false when something has failed, or the time is over */
async function liveThrough(writing: Writing): Promise<boolean> {
  const { staff, chance } = writing
  const { client, supervisor, agent } = staff
  const number = await create(writing)
  if (number === null) return false
  const owner = { responsable: `persona:${staff.agentId}` }
  const ending: Step =
    chance.fraction() < 0.5
      ? ['FINALIZACION', supervisor, 'finalizacion', resolucion => ({ version: 5, resolucion })]
      : ['CANCELACION', supervisor, 'cancelacion', motivo => ({ version: 5, motivo })]
  const life: Step[] = [
    ['COMENTARIO', client, 'bitacora', texto => ({ texto })],
    ['ASIGNACION', supervisor, 'asignacion', nota => ({ version: 1, ...owner, nota })],
    // The first entry of the responsible person starts the ticket, in the same transaction.
    ['COMENTARIO', agent, 'bitacora', texto => ({ texto, visibilidad: 'interna' })],
    ['FINALIZACION', agent, 'finalizacion', resolucion => ({ version: 3, resolucion })],
    ['REAPERTURA', supervisor, 'reapertura', motivo => ({ version: 4, motivo })],
    ending,
  ]
  for (const step of life.slice(0, 1 + Math.floor(chance.between(0, life.length)))) {
    if (!(await take(writing, number, step))) return false
  }
  return true
}

async function create(writing: Writing): Promise<number | null> {
  const { client, areaId: area, categoryId: categoria } = writing.staff
  const text = newText()
  const write: Write = { kind: 'CREACION', text, ticket: null, acknowledged: false }
  const form = { area, categoria, asunto: text, descripcion: `Descripción de ${text}` }
  const answer = await send(writing, write, () => client.post('/tickets', form), /\/(?:mis-)?tickets\/(\d+)$/)
  if (!answer) return null
  write.ticket = Number(answer[1])
  return write.ticket
}

async function take(writing: Writing, ticket: number, [kind, who, page, form]: Step): Promise<boolean> {
  const write: Write = { kind, text: newText(), ticket, acknowledged: false }
  const sent = () => who.post(`/tickets/${ticket}/${page}`, form(write.text))
  return (await send(writing, write, sent, new RegExp(`tickets/${ticket}(#entrada-\\d+)?$`))) !== null
}

/** @returns where the answer leads, when it acknowledges the write */
async function send({ journal, crash }: Writing, write: Write, ask: () => Promise<Answer>, expected: RegExp) {
  if (crash.aborted) return null
  journal.writes.push(write)
  const answer = await ask().catch(() => null)
  journal.answers++
  const leads = answer?.status === 303 ? expected.exec(answer.location) : null
  write.acknowledged = leads !== null
  // Without the database a page can only say that it failed.
  const crashed = answer === null || answer.status === 500
  if (!leads && !crashed) journal.surprises.push(`${write.kind}: ${answer.status} ${answer.location}`)
  if (crashed && !crash.aborted) journal.surprises.push(`${write.kind}: failed before the crash`)
  return leads
}

const newText = () => `Prueba ${randomBytes(9).toString('hex')}`
