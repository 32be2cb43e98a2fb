import { randomBytes, randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'

/** What a load has seen. */
export interface LoadResult {
  /** Requests that were sent on an open connection and got no full answer, or a wrong one. */
  failures: string[]
  /** Subjects of the tickets whose creation was acknowledged. */
  created: string[]
  /** Answers that came after the mark. */
  afterMark: number
  /** Answers that said that the connection ends. */
  closing: number
  /** Clients that ended because a new connection was refused. */
  refused: number
}

export interface Load {
  answered(): number
  /** From now on answers count as late. */
  mark(): void
  /** Settles when every client has been refused, or has failed. */
  done: Promise<LoadResult>
}

interface LoadOptions {
  cookies: Map<string, string>
  clients: number
  ticket: Record<string, string | number>
}

/** Clients that each keep one connection and ask without a pause, every third time for a new ticket, until refused. */
export function putUnderLoad(origin: string, { cookies, clients, ticket }: LoadOptions): Load {
  const result: LoadResult = { failures: [], created: [], afterMark: 0, closing: 0, refused: 0 }
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  let answered = 0
  let marked = false
  const live = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let turn = 0; ; turn++) {
      const subject = turn % 3 === 0 ? `Asunto ${randomBytes(6).toString('hex')}` : null
      const form =
        subject === null
          ? null
          : new URLSearchParams({ ...strings(ticket), envio: randomUUID(), asunto: subject, descripcion: 'Texto' })
      const answer = await ask(agent, new URL(form ? '/tickets' : '/mis-tickets', origin), cookie, form)
      if (answer.kind === 'refused') return void result.refused++
      if (answer.kind === 'failed') return void result.failures.push(answer.reason)
      answered++
      if (marked) result.afterMark++
      if (answer.closes) result.closing++
      if (answer.status !== (form ? 303 : 200)) result.failures.push(`status ${answer.status}`)
      else if (subject) result.created.push(subject)
    }
  }
  const done = Promise.all(Array.from({ length: clients }, live)).then(() => result)
  return {
    answered: () => answered,
    mark: () => {
      marked = true
    },
    done,
  }
}

const strings = (form: Record<string, string | number>) =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]))

type Outcome =
  | { kind: 'answered'; status: number; closes: boolean }
  | { kind: 'refused' }
  | { kind: 'failed'; reason: string }

/** Only a new connection may be refused; whatever else goes wrong has failed. */
function ask(agent: Agent, url: URL, cookie: string, form: URLSearchParams | null): Promise<Outcome> {
  return new Promise(resolve => {
    const headers = {
      cookie,
      origin: url.origin,
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    }
    const sent = request(url, { method: form ? 'POST' : 'GET', agent, headers }, response => {
      settleWith(response).then(resolve)
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      const refused = error.code === 'ECONNREFUSED' && !sent.reusedSocket
      resolve(refused ? { kind: 'refused' } : { kind: 'failed', reason: `${error.code} ${error.message}` })
    })
    sent.end(form?.toString())
  })
}

async function settleWith(response: IncomingMessage): Promise<Outcome> {
  try {
    for await (const _ of response);
    if (!response.complete) return { kind: 'failed', reason: 'half an answer' }
    return {
      kind: 'answered',
      status: response.statusCode ?? 0,
      closes: response.headers.connection === 'close',
    }
  } catch (error) {
    return { kind: 'failed', reason: String(error) }
  }
}
