/**
 * Connections that quick reads share. Each statement is sent at once, behind those that are under way (pipelining), so neither side
 * sleeps and wakes for each of them: with sixteen people at once that halves what a statement costs both. What may take long has
 * no place here, for whatever comes behind it waits; nor has a write, for what a lost connection leaves open is asked once more.
 */
import { once } from 'node:events'
import pg from 'pg'

interface Line {
  client: pg.Client
  connected: Promise<unknown>
  /** Statements that are under way. */
  waiting: number
  /** Given up; whatever waits on it is not asked again, for it has waited long enough. */
  tooSlow: boolean
}

/** What the driver says of a connection that does not answer for too long; it is given up, with all that waits on it. */
const TIMED_OUT = 'Query read timeout'

export class SharedConnections {
  readonly #settings: pg.ClientConfig
  readonly #most: number
  readonly #lines: Line[] = []
  #ended = false

  /**
   * @param settings of each; query_timeout is how long it may take to answer
   * @param most how many there are once they are needed
   */
  constructor(settings: pg.ClientConfig, most: number) {
    this.#settings = { ...settings, pipeline: true }
    this.#most = most
  }

  async query(statement: pg.QueryConfig): Promise<pg.QueryResult> {
    const line = this.#leastBusy()
    try {
      return await ask(line, statement)
    } catch (error) {
      if (isAnswer(error) || !(await isConnected(line))) throw error
      this.#forget(line)
      line.tooSlow ||= error instanceof Error && error.message === TIMED_OUT
      if (line.tooSlow) throw new Error(TIMED_OUT, { cause: error })
    }
    return ask(this.#leastBusy(), statement)
  }

  /** Waits for what is under way. */
  async end(): Promise<void> {
    this.#ended = true
    await Promise.all([...this.#lines].map(endLine))
  }

  #leastBusy(): Line {
    if (this.#ended) throw new Error('The connections are closed')
    let best: Line | undefined
    for (const line of this.#lines) if (!best || line.waiting < best.waiting) best = line
    return best && (best.waiting === 0 || this.#lines.length >= this.#most) ? best : this.#open()
  }

  #open(): Line {
    const client = new pg.Client(this.#settings)
    const line = { client, connected: client.connect(), waiting: 0, tooSlow: false }
    client.on('error', () => this.#forget(line)).on('end', () => this.#forget(line))
    line.connected.catch(() => this.#forget(line))
    this.#lines.push(line)
    return line
  }

  #forget(line: Line): void {
    const place = this.#lines.indexOf(line)
    if (place >= 0) this.#lines.splice(place, 1)
  }
}

async function ask(line: Line, statement: pg.QueryConfig): Promise<pg.QueryResult> {
  line.waiting++
  try {
    await line.connected
    return await line.client.query(statement)
  } finally {
    line.waiting--
  }
}

const isConnected = ({ connected }: Line): Promise<boolean> =>
  connected.then(
    () => true,
    () => false,
  )

/** Whether the server answered that it could not, and goes on; it takes leave of a connection with FATAL. */
const isAnswer = (error: unknown): boolean => error instanceof pg.DatabaseError && error.severity === 'ERROR'

async function endLine({ client, connected, waiting }: Line): Promise<void> {
  await connected.catch(() => {})
  // It would not wait by itself.
  if (waiting > 0) await Promise.race([once(client, 'drain'), once(client, 'end')])
  await client.end()
}
