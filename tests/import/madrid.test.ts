import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importRequests } from '../../src/import/import.ts'
import { readMapping } from '../../src/import/mapping.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { useDatabase } from '../support/database.ts'
import { useFolder } from './cases.ts'

const { db } = await useDatabase()
const folder = useFolder()
const file = join(projectRoot, '..', 'shared', 'data', 'madrid-avisos', 'avisos-dev.csv.gz')
const title = existsSync(file)
  ? 'the requests of Madrid'
  : 'the requests of Madrid (skipped: ../shared/data is missing)'

describe.skipIf(!existsSync(file))(title, () => {
  it('are loaded by the example mapping, once, fast and in little memory', { timeout: 120_000 }, async () => {
    const mapping = await readMapping(join(projectRoot, 'scripts', 'mapping-madrid-avisos.json'))
    const options = { db, file, mapping, rejects: folder.path('rechazos.csv'), clock: systemClock }
    const summary = await importRequests(options)
    expect(summary).toMatchObject({
      loaded: 67_200,
      alreadyThere: 0,
      rejected: 0,
      created: { areas: 8, categories: 65, groups: 8, requesters: 32_390 },
    })
    // Half of what is promised for a machine that does nothing else: other test files run at the same time.
    expect(summary.loaded / summary.seconds).toBeGreaterThan(1000)
    const megabytes = process.resourceUsage().maxRSS / 1024
    expect(megabytes).toBeLessThan(400)
    const { rows } = await db.pool.query(
      `SELECT status, count(*)::int AS count, count(assignee_group_id)::int AS owned, count(closed_at)::int AS closed
       FROM tickets GROUP BY status ORDER BY status`,
    )
    expect(rows).toEqual([
      { status: 'REGISTRADO', count: 10, owned: 0, closed: 0 },
      { status: 'ASIGNADO', count: 49_420, owned: 49_420, closed: 0 },
      { status: 'FINALIZADO', count: 13_051, owned: 13_051, closed: 13_051 },
      { status: 'CANCELADO', count: 4_719, owned: 0, closed: 4_719 },
    ])
    expect(await importRequests(options)).toMatchObject({ loaded: 0, alreadyThere: 67_200, rejected: 0 })
  })
})
