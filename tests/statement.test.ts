import { expect, it } from 'vitest'
import { Prisma } from '../src/generated/prisma/client.ts'
import { StatementNames, statementOf } from '../src/platform/statement.ts'

it('prepares what is asked again and again, whatever the values', () => {
  const names = new StatementNames()
  const ask = (number: number) =>
    statementOf(Prisma.sql`SELECT subject FROM tickets WHERE number = ${number}`, { names })
  const [first, second, third, fourth, fifth] = [1, 2, 3, 4, 5].map(ask)
  expect([first?.name, second?.name, third?.name]).toEqual([undefined, undefined, undefined])
  expect(fourth).toEqual({
    name: expect.any(String),
    text: 'SELECT subject FROM tickets WHERE number = $1',
    values: [4],
  })
  expect(fifth?.name).toBe(fourth?.name)
})

it('writes limits out and numbers what is left', () => {
  const inner = Prisma.sql`SELECT number FROM tickets WHERE area_id = ${3} LIMIT ${26}`
  expect(statementOf(Prisma.sql`SELECT ${'a'}::text FROM (${inner}) t WHERE number < ${9} LIMIT ${5}`)).toMatchObject({
    text: 'SELECT $1::text FROM (SELECT number FROM tickets WHERE area_id = $2 LIMIT 26) t WHERE number < $3 LIMIT 5',
    values: ['a', 3, 9],
  })
  // Whatever is no number stays outside of the text.
  const text = '1; DROP TABLE tickets'
  expect(statementOf(Prisma.sql`SELECT 1 LIMIT ${text}`)).toMatchObject({ text: 'SELECT 1 LIMIT $1', values: [text] })
})

it('prepares no more than so many, for each costs memory on each connection', () => {
  const names = new StatementNames()
  const given = Array.from({ length: 300 }, (_, shape) => {
    const sql = Prisma.sql([`SELECT ${shape}`])
    return [1, 2, 3, 4].map(() => statementOf(sql, { names }).name).at(-1)
  })
  expect(new Set(given.filter(name => name !== undefined)).size).toBe(200)
  expect(given.at(-1)).toBeUndefined()
})
