import { describe, expect, it } from 'vitest'
import { changesBetween, recordAudit } from '../../src/audit/record.ts'
import { transaction } from '../../src/platform/db.ts'
import { sqlStateOf } from '../../src/web/sql-state.ts'
import { useApplication } from '../support/application.ts'

const { db, cast, clock } = await useApplication()

const rename = {
  kind: 'area.modificada' as const,
  subject: { type: 'area' as const, id: cast.areas.sistemas, name: 'Sistemas' },
  changes: { name: ['Sistemas', 'Informática'] as [string, string] },
}

describe('the audit', () => {
  it('goes with the transaction in which something was done', async () => {
    const actor = { id: cast.ids.ana, address: '192.0.2.7' }
    await transaction(db, tx => recordAudit(tx, actor, clock.now(), rename))
    const undone = transaction(db, async tx => {
      await recordAudit(tx, actor, clock.now(), rename)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await db.prisma.auditEntry.findMany({ omit: { id: true } })).toEqual([
      {
        at: clock.now(),
        kind: 'area.modificada',
        actorId: cast.ids.ana,
        address: '192.0.2.7',
        subjectType: 'area',
        subjectId: cast.areas.sistemas,
        subjectName: 'Sistemas',
        changes: { name: ['Sistemas', 'Informática'] },
      },
    ])
  })

  it.each(["UPDATE audit_entries SET address = ''", 'DELETE FROM audit_entries', 'TRUNCATE audit_entries'])(
    'refuses %s',
    async statement => {
      const outcome = db.pool.query(statement).catch(sqlStateOf)
      expect(await outcome).toBe('TS005')
    },
  )
})

it('tells the fields that changed, and all of something new', () => {
  expect(changesBetween({ name: 'Redes', members: [1, 2] }, { name: 'Redes', members: [1, 3] })).toEqual({
    members: [
      [1, 2],
      [1, 3],
    ],
  })
  expect(changesBetween(null, { name: 'Redes', note: null })).toEqual({ name: [null, 'Redes'] })
})
