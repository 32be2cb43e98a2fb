import pg from 'pg'
import { expect, it } from 'vitest'
import { matrixOf, prepare } from './access/matrix.ts'
import type { Row } from './access/row.ts'
import { useApplication } from './support/application.ts'
import type { Person } from './support/cast.ts'

// How often a page asks the database, with everything that is asked for it: session, person, settings, sidebar.

const application = await useApplication()
const { as } = application
const MOST = 6
const MOST_FOR_A_LIST = 4

const counted: string[] = []
const { query } = pg.Client.prototype
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
  const [statement] = given as [string | { text?: string }]
  counted.push(typeof statement === 'string' ? statement : (statement.text ?? ''))
  return (query as (...given: unknown[]) => unknown).apply(this, given)
} as typeof query

/** What a page asks the database, once its connections are warm. */
async function asked(person: Person, path: string): Promise<{ status: number; isList: boolean; statements: string[] }> {
  const client = await as(person)
  const headers = { 'sec-fetch-dest': 'document' }
  counted.length = 0
  const { status, body } = await client.get(path, headers)
  return { status, isList: /class="[^"]*(listing-table|ticket-table)/.test(body), statements: [...counted] }
}

const pages = Object.entries(matrixOf(application)).filter(([route]) => route.startsWith('get '))

it.each(pages)('%s', async (route, row: Row) => {
  const { url } = await prepare(route, row)
  for (const person of ['ana', 'sara', 'luis', 'clara'] as const) {
    const { status, isList, statements } = await asked(person, url)
    if (process.env.SHOW && status === 200)
      console.log(
        `@@ ${statements.length} ${isList ? 'L' : ' '} ${person} ${route}\n${statements.map(s => '   - ' + s.replace(/\s+/g, ' ').slice(0, Number(process.env.SHOW))).join('\n')}`,
      )
    if (!process.env.SHOW)
      expect(statements.length, `${person}: ${statements.join('\n')}`).toBeLessThanOrEqual(
        isList ? MOST_FOR_A_LIST : MOST,
      )
  }
})
