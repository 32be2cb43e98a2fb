import { expect, it } from 'vitest'
import { reclassifyTicket } from '../../src/tickets/actions/reclassify.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'
import { useScene } from './scene.ts'

// A report stays as it is, to the digit, whatever happens to survey, tickets, categories and people afterwards.

const application = await useApplication()
const { as, cast, clock, db, viewer } = application
const context = { db, clock }
const { finish, finishedTicket, formFor, invitationOf, invitationsOf, makeSurvey, reopen, republish, versionOf } =
  useScene(application)

const survey = await makeSurvey({ title: 'Atención' })
const page = `/encuestas/resultados/${survey}`

async function answered(score: number, person: Person, category: keyof typeof cast.categories) {
  const ticket = await finishedTicket(person, category)
  const { id, versionId } = await invitationOf(ticket)
  const scale = await db.prisma.surveyQuestion.findFirstOrThrow({ where: { versionId, mainScore: true } })
  const form = { ...(await formFor(versionId, `Le doy un ${score}.`)), [`p${scale.id}`]: score }
  expect((await (await as(person)).post(`/encuestas/${id}`, form)).status).toBe(303)
  return ticket
}

const places = [
  '',
  `&area=${cast.areas.sistemas}`,
  `&area=${cast.areas.mantenimiento}`,
  `&categoria=${cast.categories.red}`,
  `&categoria=${cast.categories.techo}`,
  '&tipo=problema',
  `&responsable=${cast.ids.luis}`,
  `&responsable=${cast.ids.pedro}`,
  '&desde=2026-03&hasta=2026-03',
  '&desde=2026-04',
]
const everybody = ['ana', 'sara', 'marta', 'luis', 'mario'] as const
const names: [string, string][] = [
  ['Sin red', 'Red nueva'],
  ['Luis Ibáñez', 'Luis Otro'],
  ['Mantenimiento', 'Obras y mantenimiento'],
]

/** All that the first version's figures say, by the names of the beginning. */
async function report(people: readonly Person[]) {
  const said: Record<string, string> = {}
  for (const person of people) {
    for (const filters of places) {
      const { body } = await (await as(person)).get(`${page}?version=1${filters}`)
      said[`${person} ${filters}`] =
        /<dl class="results-facts">[\s\S]*?(?=<section class="card" aria-label="Sin resultados">|$)/.exec(body)?.[0] ??
        ''
    }
    said[`${person} csv`] = (await (await as(person)).get(`${page}/csv?version=1`)).body
  }
  const byOldNames = (text: string) => names.reduce((all, [before, after]) => all.replaceAll(after, before), text)
  return Object.fromEntries(
    Object.entries(said).map(([key, text]) => [
      key,
      byOldNames(text)
        .replaceAll(/\?version=1(&amp;)?/g, '?')
        .replaceAll('?"', '"'),
    ]),
  )
}

it('stays the same after everything that it speaks of has changed', { timeout: 120_000 }, async () => {
  const moved = await answered(2, 'clara', 'red')
  await answered(5, 'carlos', 'red')
  await answered(4, 'elena', 'equipo')
  await answered(1, 'clara', 'techo')
  await finishedTicket('carlos', 'red')
  const before = await report(everybody)
  expect(before['ana ']).toMatch(/<strong>4<\/strong>[\s\S]*4 de 5 invitaciones/)
  expect(before['luis ']).toContain('3 de 4 invitaciones')

  // The ticket goes to another area, category and person, and is finished again.
  clock.advance({ days: 40 })
  await reopen(moved)
  const ana = await viewer('ana')
  const owner = { assigneeId: cast.ids.mario, assigneeGroupId: null }
  const there = { areaId: cast.areas.mantenimiento, categoryId: cast.categories.techo, priority: 'BAJA' as const }
  await reclassifyTicket(context, ana, moved, { ...there, subject: 'Otro', version: await versionOf(moved), owner })
  await finish(moved)
  expect(await invitationsOf(moved)).toHaveLength(1)

  // Survey, category, area and agent are not what they were.
  await republish(survey, 'Otra encuesta')
  await db.prisma.category.update({ where: { id: cast.categories.red }, data: { name: 'Red nueva', active: false } })
  await db.prisma.area.update({ where: { id: cast.areas.mantenimiento }, data: { name: 'Obras y mantenimiento' } })
  await db.prisma.user.update({ where: { id: cast.ids.luis }, data: { name: 'Luis Otro' } })
  await db.prisma.groupMember.deleteMany({ where: { userId: cast.ids.luis } })
  await db.prisma.areaMember.deleteMany({ where: { userId: cast.ids.luis } })
  await db.prisma.settings.update({ where: { id: 1 }, data: { surveyDays: 1 } })
  await finishedTicket('clara', 'techo')
  expect(await report(everybody)).toEqual(before)
  await db.prisma.user.update({ where: { id: cast.ids.luis }, data: { active: false } })
  const others = everybody.filter(person => person !== 'luis')
  expect(await report(others)).toEqual(Object.fromEntries(Object.entries(before).filter(([key]) => !/^luis/.test(key))))
})
