import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Measurements } from '../platform/metrics.ts'
import { Worker } from './worker-process.ts'

/** One that has lived for so long did not die of how it was started. */
const STEADY_MS = 10_000
const LONGEST_PAUSE_MS = 30_000

/**
 * The processes that serve pages, behind this one that listens and hands every connection over. So a stop can close the door
 * first and turn nobody away who came in, and whoever comes while a worker is being replaced waits.
 */
export class Workers {
  readonly #databaseUrl: string
  readonly #log: Logger
  readonly #stopping = new AbortController()
  readonly #running = new Set<Worker>()
  /** Those that have taken what they were handed, in the order of their turns. */
  #free: Worker[] = []
  readonly #waiting: Socket[] = []

  /** @param databaseUrl the database that all of them use, migrated */
  constructor(databaseUrl: string, log: Logger) {
    this.#databaseUrl = databaseUrl
    this.#log = log
  }

  /** Settles when all are ready. @throws StartFailure when one of them cannot start */
  async start(count: number): Promise<void> {
    const workers = Array.from({ length: count }, (_, index) => this.#launch(index + 1))
    await Promise.all(workers.map(({ ready }) => ready))
    for (const worker of workers) this.#keepUp(worker)
  }

  /** Hands a connection to the worker whose turn it is, or to the first that will be able to take it. */
  serve(connection: Socket): void {
    if (this.#stopping.signal.aborted) return void connection.destroy()
    this.#waiting.push(connection)
    this.#handOver()
  }

  /** What those that answer in time have measured. */
  async measure(): Promise<Measurements[]> {
    const answers = await Promise.all([...this.#running].map(worker => worker.measure()))
    return answers.filter(answer => answer !== null)
  }

  /** Lets each finish what it does; settles when all have ended. Nothing is to be handed over afterwards. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    const workers = [...this.#running]
    const able = workers.filter(({ isReady }) => isReady)
    for (const [index, connection] of this.#waiting.splice(0).entries()) {
      const worker = able[index % able.length]
      if (worker) worker.take(connection)
      else connection.destroy()
    }
    await Promise.all(workers.map(worker => worker.stop()))
  }

  #handOver(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#free.shift()
      if (!worker) return
      const connection = this.#waiting.shift()
      if (connection) worker.take(connection)
    }
  }

  #launch(number: number): Worker {
    const worker = new Worker(number, this.#databaseUrl, {
      isFree: () => {
        this.#free.push(worker)
        this.#handOver()
      },
      isLeaving: () => leave(),
      giveBack: connection => this.serve(connection),
    })
    const leave = () => {
      this.#free = this.#free.filter(free => free !== worker)
    }
    this.#running.add(worker)
    worker.ended.then(() => {
      this.#running.delete(worker)
      leave()
    })
    return worker
  }

  /** Whenever a worker has ended, starts another one; after ever longer pauses if they end soon. */
  async #keepUp(first: Worker): Promise<void> {
    const { signal } = this.#stopping
    let worker = first
    for (let short = 0; ; ) {
      const begun = performance.now()
      const end = await worker.ended
      if (signal.aborted) return
      this.#log.error({ worker: worker.pid, ...end }, 'worker ended')
      short = performance.now() - begun < STEADY_MS ? short + 1 : 0
      const pause = short === 0 ? 0 : Math.min(250 * 2 ** short, LONGEST_PAUSE_MS)
      await wait(pause, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      worker = this.#launch(worker.number)
      worker.ready.catch((error: unknown) => this.#log.error({ err: error }, 'worker failed'))
    }
  }
}
