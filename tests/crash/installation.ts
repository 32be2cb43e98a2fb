import { join } from 'node:path'
import pg from 'pg'
import { expect, vi } from 'vitest'
import { localStorage } from '../../src/platform/files-local.ts'
import { startEmbeddedPostgres } from '../../src/platform/postgres.ts'
import { Client } from '../support/client.ts'
import { copyProject, killPostgres, postgresPid, type Started, start } from '../support/packaged-app.ts'
import type { Victim } from './plan.ts'

/** The real application as `npm start` runs it, on a data folder of its own, with PostgreSQL as careful as ever. */
export class Installation {
  readonly #copy = copyProject({ built: true })
  readonly #data = join(this.#copy.folder, 'data')
  /** Its attachments, looked at from outside. */
  readonly files = localStorage(join(this.#copy.folder, 'uploads'))
  #application: Started | undefined
  #origin = ''

  /** Starts what does not run; settles when the application is ready to work. */
  async bringUp(): Promise<void> {
    if (!this.#application) {
      this.#application = start(this.#copy.folder, { LOG_LEVEL: 'silent' }, [process.execPath, 'scripts/start.mjs'])
      this.#origin = await this.#application.origin()
    }
    const watcher = new Client(this.#origin)
    const ready = async () => expect((await watcher.get('/salud/listo')).status).toBe(200)
    await vi.waitFor(ready, { timeout: 60_000, interval: 100 })
  }

  /** Somebody's window; what he is by his cookies outlives every crash. */
  window(cookies = new Map<string, string>()): Client {
    const client = new Client(this.#origin)
    for (const [name, value] of cookies) client.cookies.set(name, value)
    return client
  }

  async crash(victim: Victim): Promise<void> {
    const postgres = postgresPid(this.#data)
    if (victim !== 'application' && postgres) process.kill(postgres, 'SIGKILL')
    if (victim === 'postgres') return
    await this.#application?.kill()
    this.#application = undefined
  }

  /** Looks into the database while it runs. */
  async inspect<T>(look: (pool: pg.Pool) => Promise<T>): Promise<T> {
    const postgres = await startEmbeddedPostgres({ directory: join(this.#data, 'postgres') })
    const pool = new pg.Pool({ connectionString: postgres.url, max: 1 })
    try {
      return await look(pool)
    } finally {
      await pool.end()
      await postgres.stop()
    }
  }

  /** @returns the exit code of an orderly end */
  async stop(): Promise<number | null> {
    this.#application?.process.kill('SIGTERM')
    return (await this.#application?.ended()) ?? null
  }

  async remove(): Promise<void> {
    await this.#application?.kill()
    killPostgres(this.#data)
    this.#copy.remove()
  }
}
