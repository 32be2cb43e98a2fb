import { beforeAll, describe, expect, it } from 'vitest'
import { listPeople, type PeopleFilters } from '../../src/users/queries.ts'
import { byName, withQuery } from '../../src/web/listing.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

const application = await useApplication()
const { as, cast, db } = application

const USERS = '/administracion/usuarios'
const CLIENTS = '/administracion/clientes'

/** The names in a list, in their order. */
async function namesOn(path: string, person: Person = 'ana') {
  const { status, body } = await (await as(person)).get(path)
  expect(status).toBe(200)
  return [...body.matchAll(/<a class="ticket-link" href="[^"]*">([^<]*)<\/a>/g)].map(match => match[1])
}

describe('the lists of people', () => {
  it('have the people of the organisation, and its clients, by name', async () => {
    expect(await namesOn(USERS)).toEqual([
      'Ana Ruiz',
      'Darío Luna',
      'Elena Prado',
      'Luis Ibáñez',
      'Mario Ortega',
      'Marta Núñez',
      'Pedro Gómez',
      'Sara Peña',
    ])
    expect(await namesOn(CLIENTS)).toEqual(['Carlos Vega', 'Clara Solís'])
  })

  it.each([
    ['part of a name, without accents', { buscar: 'nunez' }, ['Marta Núñez']],
    ['part of a mail', { buscar: 'PEDRO@ejem' }, ['Pedro Gómez']],
    ['every word', { buscar: 'ruiz an' }, ['Ana Ruiz']],
    ['what no pattern means', { buscar: '%%%' }, []],
    ['a role', { rol: 'supervisor' }, ['Marta Núñez', 'Sara Peña']],
    ['employees who attend nothing', { rol: 'empleado' }, ['Elena Prado']],
    ['an area', { area: cast.areas.mantenimiento }, ['Mario Ortega', 'Marta Núñez']],
    ['inactive accounts', { estado: 'inactivos' }, ['Darío Luna']],
    [
      'several at once',
      { rol: 'agente', area: cast.areas.sistemas, estado: 'activos' },
      ['Luis Ibáñez', 'Pedro Gómez'],
    ],
  ])('are narrowed to %s', async (_what, parameters, names) => {
    expect(await namesOn(withQuery(USERS, parameters as Record<string, string | number>))).toEqual(names)
  })

  it('ask for three letters at least, and ignore what is damaged', async () => {
    const { body } = await (await as('ana')).get(withQuery(USERS, { buscar: 'a e' }))
    expect(body).toContain('al menos tres letras')
    expect(await namesOn(withQuery(USERS, { rol: 'x', area: 'x', estado: 'x', siguiente: 'x' }))).toHaveLength(8)
  })

  it('are narrowed to an organisation', async () => {
    const { id } = await db.prisma.organization.create({ data: { name: 'Del Sur' } })
    await db.prisma.user.update({ where: { id: cast.ids.clara }, data: { organizationId: id } })
    expect(await namesOn(withQuery(CLIENTS, { organizacion: id }))).toEqual(['Clara Solís'])
  })
})

describe('with twenty thousand people', () => {
  beforeAll(async () => {
    await db.pool.query(`
      INSERT INTO users (name, email, role, kind, active, password_hash)
        SELECT 'Persona ' || md5(n::text) || ' ' || n, 'p' || n || '@muchos.test',
          CASE n % 4000 WHEN 0 THEN 'SUPERVISOR' WHEN 1 THEN 'ADMINISTRADOR' ELSE 'USUARIO' END::role,
          CASE WHEN n % 4000 < 2 THEN NULL WHEN n <= 10000 THEN 'CLIENTE' ELSE 'EMPLEADO' END::user_kind,
          n % 5000 <> 7, 'x'
        FROM generate_series(1, 20000) n`)
    // Also puts what is new into the indexes of words, which each search would read as a list until then.
    await db.pool.query('VACUUM ANALYZE users')
  })

  const everything: PeopleFilters = { clients: false, text: '' }

  /** How many pages of tables and indexes the list touches. */
  async function touched(filters: PeopleFilters, from: string | null = null): Promise<number> {
    let plan: { Plan: Record<'Shared Hit Blocks' | 'Shared Read Blocks', number> } | undefined
    const pool = {
      async query({ text, values }: { text: string; values: unknown[] }) {
        const { rows } = await db.pool.query({ text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values })
        plan = rows[0]['QUERY PLAN'][0]
        return { rows: [] }
      },
    }
    const key = from === null ? null : { sortName: from, id: 1 }
    await listPeople({ pool: pool as unknown as typeof db.pool }, filters, { direction: 'forward', from: key })
    return (plan?.Plan['Shared Hit Blocks'] ?? 0) + (plan?.Plan['Shared Read Blocks'] ?? 0)
  }

  it.each<[string, PeopleFilters, string | null]>([
    ['the first page', everything, null],
    ['a page in the middle', everything, 'persona 8'],
    ['the clients', { clients: true, text: '' }, null],
    ['a rare role', { ...everything, type: 'SUPERVISOR' }, null],
    ['inactive accounts', { ...everything, active: false }, null],
    ['an area', { ...everything, areaId: cast.areas.sistemas }, null],
    ['an organisation of few', { clients: true, text: '', organizationId: 1 }, null],
    ['a word that one has', { ...everything, text: 'p19876@muchos' }, null],
    ['a name that one has', { ...everything, text: 'ibanez' }, null],
    ['a word that all have', { ...everything, text: 'muchos.test' }, null],
    ['a word that nobody has', { ...everything, text: 'zzzyyyxxx' }, null],
  ])('%s costs no more than a page', async (_what, filters, from) => {
    // The whole table has some 500 pages; a page of 26 people needs a handful each of the table, its areas and the index.
    expect(await touched(filters, from)).toBeLessThan(350)
  })

  it('every page leads to the next and back, with nobody twice or left out', async () => {
    const seen: string[] = []
    let path: string | undefined = withQuery(CLIENTS, { buscar: 'persona 1', estado: 'activos' })
    for (let turn = 0; path && turn < 5; turn++) {
      seen.push(...((await namesOn(path)) as string[]))
      const { body } = await (await as('ana')).get(path)
      path = /<a class="btn pager-next" href="([^"]*)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen).toHaveLength(125)
    expect(seen).toEqual([...new Set(seen)].sort())
    const last = byName.encode({ sortName: seen[124]?.toLowerCase() ?? '', id: 2_000_000 })
    expect(await namesOn(withQuery(CLIENTS, { estado: 'activos', buscar: 'persona 1', anterior: last }))).toEqual(
      seen.slice(100),
    )
  })
})
