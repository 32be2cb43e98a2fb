import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Measurements } from '../platform/metrics.ts'
import { StartFailure } from '../platform/start-failure.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

const program = new URL('../worker.js', import.meta.url)
const MEASURING_MS = 2000
/** Longer than an orderly end takes. */
const ENDING_MS = 30_000

interface Listener {
  /** It is ready, or has taken a connection. */
  isFree(): void
  /** It is to be handed no connection any more. */
  isLeaving(): void
  /** It ended before it took this connection. */
  giveBack(connection: Socket): void
}

/** A process that serves pages, as seen from the one that listens. */
export class Worker {
  readonly number: number
  readonly #child: ChildProcess
  readonly #listener: Listener
  /** Handed over and not taken yet: ours until then. */
  readonly #handed: Socket[] = []
  /** How it ended. */
  readonly ended: Promise<{ code: number | null; signal: string | null }>
  /** @throws StartFailure when it cannot start */
  readonly ready: Promise<void>
  #isReady = false

  constructor(number: number, databaseUrl: string, listener: Listener) {
    this.number = number
    this.#listener = listener
    this.#child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    // What cannot be started or reached any more ends; that is what counts.
    this.#child.on('error', () => {})
    this.ended = once(this.#child, 'exit').then(([code, signal]) => ({ code, signal }))
    // Not when it disconnects: Node does not say so after a connection could not be handed over. A turn after the end
    // everything that it said has been heard.
    this.ended.then(nextTurn).then(() => this.#giveBack())
    this.ready = this.#whenReady()
    this.#child.on('message', ({ kind }: FromWorker) => {
      if (kind === 'ready') this.#isReady = true
      // Closes the connection here only.
      if (kind === 'taken') this.#handed.shift()?.destroy()
      if (kind === 'ending') {
        this.#isReady = false
        listener.isLeaving()
      } else if (kind === 'ready' || (kind === 'taken' && this.#isReady)) listener.isFree()
    })
    this.#say({ kind: 'begin', number, databaseUrl })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  get isReady(): boolean {
    return this.#isReady && this.#child.connected
  }

  take(connection: Socket): void {
    this.#handed.push(connection)
    const message: ToWorker = { kind: 'connection' }
    if (this.#child.connected) this.#child.send(message, connection, { keepOpen: true }, () => {})
    else this.#giveBack()
  }

  /** What it has measured, or null when it does not say so in time. */
  measure(): Promise<Measurements | null> {
    const question = Math.random()
    return new Promise(resolve => {
      const hear = (answer: FromWorker) => {
        if (answer.kind === 'measured' && answer.question === question) settle(answer.measurements)
      }
      const settle = (measurements: Measurements | null) => {
        clearTimeout(timer)
        this.#child.off('message', hear)
        resolve(measurements)
      }
      const timer = setTimeout(settle, MEASURING_MS, null)
      this.#child.on('message', hear)
      this.#say({ kind: 'measure', question })
    })
  }

  /** Lets it finish what it does; settles when it has ended. */
  async stop(): Promise<void> {
    this.#say({ kind: 'stop' })
    const end = setTimeout(() => this.#child.kill('SIGKILL'), ENDING_MS)
    await this.ended
    clearTimeout(end)
  }

  #say(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => {})
  }

  #giveBack(): void {
    for (const connection of this.#handed.splice(0)) this.#listener.giveBack(connection)
  }

  #whenReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve()
        if (message.kind === 'failed') reject(new StartFailure(message.complaint))
      })
      this.ended.then(({ code, signal }) =>
        reject(new StartFailure(`Un proceso de los que atienden páginas terminó al arrancar (${signal ?? code}).`)),
      )
    })
  }
}
