import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Prisma } from '../../src/generated/prisma/client.ts'
import { navigationFor } from '../../src/navigation.ts'
import { personalize } from '../../src/permissions/actions/personalize.ts'
import { catalog, permissionCodes } from '../../src/permissions/catalog.ts'
import { consequencesOf } from '../../src/permissions/consequences.ts'
import { byPermission, listOverrides, type Overrides, seenText } from '../../src/permissions/overrides.ts'
import { select } from '../../src/platform/db.ts'
import { factsColumns, factsRow } from '../../src/tickets/facts.ts'
import { can, verbs } from '../../src/tickets/policy.ts'
import { visibleSql, visibleTo } from '../../src/tickets/visibility.ts'
import { findPersonalized, findViewer, withOverrides } from '../../src/users/viewer.ts'
import type { Viewer } from '../../src/web/access.ts'
import { useApplication } from '../support/application.ts'

const application = await useApplication()
const { as, cast, clock, db } = application
const { ids, areas, categories, groups } = cast

// Every state of every owner that the two areas allow, asked for by a client and by an employee.
const now = clock.now()
const owners = [
  { areaId: areas.sistemas, assigneeId: ids.luis, assigneeGroupId: null },
  { areaId: areas.sistemas, assigneeId: ids.pedro, assigneeGroupId: groups.redes },
  { areaId: areas.sistemas, assigneeId: null, assigneeGroupId: groups.redes },
  { areaId: areas.sistemas, assigneeId: ids.sara, assigneeGroupId: null },
  { areaId: areas.mantenimiento, assigneeId: ids.mario, assigneeGroupId: null },
  { areaId: areas.mantenimiento, assigneeId: null, assigneeGroupId: groups.obras },
]
const nobody = [areas.sistemas, areas.mantenimiento].map(areaId => ({
  areaId,
  assigneeId: null,
  assigneeGroupId: null,
}))
const kinds = [
  ...nobody.map(owner => ({ ...owner, status: 'REGISTRADO' as const })),
  ...owners.flatMap(owner =>
    (['ASIGNADO', 'EN_PROCESO', 'FINALIZADO', 'CANCELADO'] as const).map(status => ({ ...owner, status })),
  ),
]
await db.prisma.ticket.createMany({
  data: kinds.flatMap((kind, index) =>
    [ids.clara, ids.luis].map(requesterId => ({
      ...kind,
      requesterId,
      creatorId: requesterId,
      categoryId: kind.areaId === areas.sistemas ? categories.red : categories.techo,
      priority: 'MEDIA' as const,
      subject: `Ticket ${index}`,
      description: 'Texto',
      createdAt: now,
      lastActivityAt: now,
      closedAt: ['FINALIZADO', 'CANCELADO'].includes(kind.status) ? now : null,
      originSystem: 'prueba',
      originReference: `${index} ${requesterId}`,
    })),
  ),
})

const employees = { luis: 'AGENTE', mario: 'AGENTE', sara: 'SUPERVISOR', marta: 'SUPERVISOR' } as const
const who = fc.constantFrom(...(Object.keys(employees) as (keyof typeof employees)[]))

const overridesFor = (role: 'AGENTE' | 'SUPERVISOR'): fc.Arbitrary<Overrides> =>
  fc.dictionary(
    fc.constantFrom(...permissionCodes.filter(code => catalog[code].grantable.includes(role))),
    fc.constantFrom('CONCEDER' as const, 'DENEGAR' as const),
  )

async function save(id: number, overrides: Overrides): Promise<void> {
  const person = await findPersonalized(db, id)
  if (!person) throw new Error('nobody')
  const present = byPermission(person.overrides)
  if (JSON.stringify(present) === JSON.stringify(byPermission(listOverrides(overrides)))) return
  const seen = seenText(person.viewer.role, present)
  await personalize({ db, clock }, { id: ids.ana, address: '192.0.2.1' }, id, { seen, overrides })
}

/** What a person really has now, each part asked as the pages do, ticket by ticket. */
async function present(id: number) {
  const viewer = (await findViewer(db, id)) as Viewer
  const rows = await select(
    db,
    Prisma.sql`SELECT ${factsColumns(now)} FROM tickets t WHERE ${visibleSql(visibleTo(viewer))}`,
  )
  const tickets = rows.map(found => factsRow.parse(found))
  const possible = verbs.map(verb => ({
    verb,
    numbers: tickets.filter(ticket => can(viewer, verb, ticket).allowed).map(({ number }) => number),
  }))
  const pages = sectionsFor(viewer).flatMap(({ items }) => items.map(({ label }) => label))
  return { permissions: [...viewer.permissions], pages, tickets: tickets.map(({ number }) => number), possible }
}

const sectionsFor = (viewer: Viewer) => navigationFor(viewer, { firstSteps: false })
const less = <T>(all: readonly T[], others: readonly T[]) => all.filter(each => !others.includes(each))
const whole = (count: number) => ({ count, more: false })

it('foresees what is then so, for any employee and whatever is granted and denied', async () => {
  const scene = who.chain(person =>
    fc.record({
      person: fc.constant(person),
      earlier: overridesFor(employees[person]),
      later: overridesFor(employees[person]),
    }),
  )
  await fc.assert(
    fc.asyncProperty(scene, async ({ person, earlier, later }) => {
      const id = ids[person]
      await save(id, earlier)
      const before = await present(id)
      const employee = (await findViewer(db, id)) as Viewer
      const foreseen = await consequencesOf(
        { db, sectionsFor, now },
        employee,
        withOverrides(employee, listOverrides(later)),
      )
      await save(id, later)
      const after = await present(id)
      const verdicts = before.possible
        .map(({ verb, numbers }, index) => {
          const others = after.possible[index]?.numbers ?? []
          return { verb, gained: whole(less(others, numbers).length), lost: whole(less(numbers, others).length) }
        })
        .filter(({ gained, lost }) => gained.count + lost.count > 0)
      expect(foreseen).toEqual({
        permissions: {
          gained: less(after.permissions, before.permissions),
          lost: less(before.permissions, after.permissions),
        },
        pages: { gained: less(after.pages, before.pages), lost: less(before.pages, after.pages) },
        tickets: {
          gained: less(after.tickets, before.tickets).length,
          lost: less(before.tickets, after.tickets).length,
        },
        verdicts,
      })
    }),
    { numRuns: 60 },
  )
})

it('says it in sentences, and the page then shows no more and no less', async () => {
  await db.prisma.userPermission.deleteMany()
  const [ana, luis] = [await as('ana'), await as('luis')]
  const path = `/administracion/permisos/${ids.luis}`
  const choices = {
    vistos: 'AGENTE',
    'tickets.cancelar': 'conceder',
    'tickets.ver_asignados': 'denegar',
    'auditoria.ver': 'conceder',
  }
  const { body } = await ana.post(`${path}/vista-previa`, choices)
  const sentences = [...body.matchAll(/<span>([^<]+)<\/span><\/li>/g)].map(([, text]) => text)
  expect(sentences).toContain('Dejará de ver 12 tickets.')
  expect(sentences).toContain('Aparecerán en su menú: «Auditoría».')
  expect(sentences).toContain('Desaparecerán de su menú: «Asignados», «Con incidencias», «Atendidos».')
  expect(await db.prisma.userPermission.count()).toBe(0)
  expect((await luis.get('/asignados')).status).toBe(200)
  await ana.post(path, choices)
  expect((await luis.get('/asignados')).status).toBe(403)
  expect((await luis.get('/administracion/auditoria')).body).toContain('aria-current="page"')
})
