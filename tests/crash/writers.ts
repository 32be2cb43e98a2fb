import { randomBytes, randomUUID } from 'node:crypto'
import type { Chance } from '../../src/demo/chance.ts'
import type { Answer, Client } from '../support/client.ts'
import { postFiles } from '../support/multipart.ts'
import { carriesFile, type Journal, type Write } from './journal.ts'

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

type Step = [
  kind: Write['kind'],
  person: Write['person'],
  page: string,
  form: (text: string) => Record<string, string | number>,
]

/** @returns false when something has failed, or the time is over */
async function liveThrough(writing: Writing): Promise<boolean> {
  const { staff, chance } = writing
  const number = await create(writing)
  if (number === null) return false
  const owner = { responsable: `persona:${staff.agentId}` }
  const ending: Step =
    chance.fraction() < 0.5
      ? ['FINALIZACION', 'supervisor', 'finalizacion', resolucion => ({ version: 5, resolucion })]
      : ['CANCELACION', 'supervisor', 'cancelacion', motivo => ({ version: 5, motivo })]
  const life: Step[] = [
    ['COMENTARIO', 'client', 'bitacora', texto => ({ texto })],
    ['ASIGNACION', 'supervisor', 'asignacion', nota => ({ version: 1, ...owner, nota })],
    // The first entry of the responsible person starts the ticket, in the same transaction.
    ['COMENTARIO', 'agent', 'bitacora', texto => ({ texto, visibilidad: 'interna' })],
    ['FINALIZACION', 'agent', 'finalizacion', resolucion => ({ version: 3, resolucion })],
    ['REAPERTURA', 'supervisor', 'reapertura', motivo => ({ version: 4, motivo })],
    ending,
  ]
  for (const step of life.slice(0, 1 + Math.floor(chance.between(0, life.length)))) {
    if (!(await take(writing, number, step))) return false
  }
  return true
}

async function create(writing: Writing): Promise<number | null> {
  const { areaId: area, categoryId: categoria } = writing.staff
  const text = newText()
  const form = { area, categoria, asunto: text, descripcion: `Descripción de ${text}` }
  const write = begin({ kind: 'CREACION', text, person: 'client', path: '/tickets', form, ticket: null })
  return (await send(writing, write)) ? write.ticket : null
}

function take(writing: Writing, ticket: number, [kind, person, page, form]: Step): Promise<boolean> {
  const text = newText()
  return send(writing, begin({ kind, text, person, path: `/tickets/${ticket}/${page}`, form: form(text), ticket }))
}

const newText = () => `Prueba ${randomBytes(9).toString('hex')}`

const begin = (write: Omit<Write, 'acknowledged'>): Write => ({
  ...write,
  form: { ...write.form, envio: randomUUID() },
  acknowledged: false,
})

async function send(writing: Writing, write: Write): Promise<boolean> {
  const { journal, crash, staff } = writing
  if (crash.aborted) return false
  journal.writes.push(write)
  const answer = await ask(staff, write)
  journal.answers++
  // Without the database a page can only say so, and never that something else failed.
  const crashed = answer === null || answer.status === 503
  if (crashed && !crash.aborted) journal.surprises.push(`${write.kind}: failed before the crash`)
  if (!write.acknowledged && !crashed) journal.surprises.push(`${write.kind}: ${answer.status} ${answer.location}`)
  return write.acknowledged
}

/**
 * What a person does who was told nothing: he sends the same form again.
 * @returns the answers that do not tell him that it is done
 */
export async function sendAgain(staff: Staff, write: Write): Promise<string[]> {
  const answer = await ask(staff, write)
  return write.acknowledged ? [] : [`${write.kind} sent again: ${answer?.status} ${answer?.location}`]
}

async function ask(staff: Staff, write: Write): Promise<Answer | null> {
  const answer = await post(staff[write.person], write).catch(() => null)
  const [, number] = (answer?.status === 303 && /tickets\/(\d+)(?:#entrada-\d+)?$/.exec(answer.location)) || []
  write.acknowledged = number !== undefined && (write.ticket ?? Number(number)) === Number(number)
  if (write.acknowledged) write.ticket = Number(number)
  return answer
}

/** A new ticket and an entry come with a file, which holds their text. */
function post(client: Client, { kind, path, form, text }: Write): Promise<Answer> {
  if (!carriesFile(kind)) return client.post(path, form)
  return postFiles(client, path, form, [{ name: 'prueba.txt', bytes: text }])
}
