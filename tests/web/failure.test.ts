import { expect, it } from 'vitest'
import { describeFailure } from '../../src/web/failure.ts'
import { useDatabase } from '../support/database.ts'

const { db } = await useDatabase()

const failureOf = async (work: () => Promise<unknown>) => {
  const error = await work().then(
    () => new Error('did not fail'),
    (reason: Error) => reason,
  )
  return { said: error.message, failure: describeFailure(error) }
}

it('of PostgreSQL, which quotes what somebody wrote, is told by its code and its place', async () => {
  const { said, failure } = await failureOf(() => db.pool.query('SELECT $1::int', ['Texto confidencial']))
  expect(said).toContain('Texto confidencial')
  expect(failure).toMatchObject({ type: 'DatabaseError', code: '22P02' })
  expect(failure.stack.join()).toContain('failure.test.ts')
  expect(JSON.stringify(failure)).not.toContain('confidencial')
})

it.each([
  [
    'a call that it does not understand',
    () => db.prisma.user.findMany({ where: { name: 'Confidencial', no: 1 } as object }),
  ],
  [
    'a value that the database refuses',
    () => db.prisma.user.create({ data: { name: 'Confidencial', email: 'CONFIDENCIAL@x.test', role: 'AGENTE' } }),
  ],
])('of Prisma at %s is told without its message', async (_what, work) => {
  const { failure } = await failureOf(work)
  expect(failure.type).toMatch(/^Prisma|^DriverAdapterError$/)
  expect(failure.stack).not.toEqual([])
  expect(JSON.stringify(failure).toLowerCase()).not.toContain('confidencial')
})

it('of our own keeps its message and its causes', () => {
  const failure = describeFailure(new TypeError('outer', { cause: new Error('inner') }))
  expect(failure).toMatchObject({ type: 'TypeError', message: 'outer', cause: { type: 'Error', message: 'inner' } })
})

it('that is no error is told by its type alone', () => {
  expect(describeFailure('Texto confidencial')).toEqual({ type: 'string', stack: [] })
})
