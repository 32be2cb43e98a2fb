import { pino } from 'pino'
import { afterAll, expect, vi } from 'vitest'
import type { Database } from '../../src/platform/db.ts'
import { jobsAlive, startJobs } from '../../src/platform/jobs.ts'

/** Jobs as every process has them, without duties; they stop when the test file is done. */
export async function useJobs({ pool }: Pick<Database, 'pool'>): Promise<void> {
  afterAll(await startJobs({ pool }, pino({ level: 'silent' }), []))
  await vi.waitFor(async () => expect(await jobsAlive(pool)).toBe(true), { timeout: 30_000 })
}
