import { expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'
import { type Asked, invite, keepAnswer, type Place, placesIn, publishVersion } from '../support/survey-answers.ts'

// Somebody opens every page of an anonymous survey, with all filters, as every role, month after month, and combines what he saw.
// Each response gives itself away by an answer that only it gives, so that the pages say whom each of them is made of. Whoever
// is on exactly the same pages cannot be told apart by adding and subtracting them: such groups must be of five and more.

const application = await useApplication()
const { as, clock } = application
const { red, equipo, techo } = placesIn(application)

/** How many answer, by month and category: groups of one to four beside larger ones, and categories that come late. */
const given: Record<string, [Place, number][]> = {
  '2026-03': [
    [red, 7],
    [equipo, 1],
    [techo, 5],
  ],
  '2026-04': [
    [red, 1],
    [equipo, 3],
    [techo, 1],
  ],
  '2026-05': [
    [red, 6],
    [equipo, 2],
    [techo, 4],
  ],
}
const people = Object.values(given)
  .flat()
  .reduce((sum, [, count]) => sum + count, 0)
const names = Array.from({ length: people }, (_, index) => `Persona${index}`)

const questions: Asked[] = [
  { kind: 'OPCION', text: '¿Quién es usted?', options: names },
  { kind: 'OPCION', text: '¿Y si quiere?', options: names },
  { kind: 'ESCALA', text: '¿Qué tal?', mainScore: true },
  { kind: 'TEXTO', text: '¿Algo más?' },
]
const survey = await publishVersion(application, { mode: 'ANONIMA', questions })
const page = `/encuestas/resultados/${survey.surveyId}`

for (const place of [red, equipo, techo]) await invite(application, survey.versionId, { place })

type Pages = Set<string>[]
/** Whoever was seen, page by page: by what everybody answers, by what some leave out, by what some wrote, in files. */
const seen: Record<'all' | 'some' | 'texts' | 'files', Pages> = { all: [], some: [], texts: [], files: [] }
let next = 0

async function answerAll(month: string) {
  for (const [place, count] of given[month] ?? []) {
    for (let each = 0; each < count; each++, next++) {
      const optional = next % 3 === 0 ? null : [next]
      const said = [[next], optional, 1 + (next % 5), next % 4 === 0 ? null : `Texto de ${names[next]}.`]
      await keepAnswer(application, survey, { place, month, said })
    }
  }
}

/** All combinations of what the filters offer. */
async function filtersOf(person: Person, withMonths: boolean): Promise<string[]> {
  const { body } = await (await as(person)).get(page)
  const selects = [...body.matchAll(/<select[^>]* name="(\w+)"[\s\S]*?<\/select>/g)]
    .map(([html, name = '']) => ({
      name,
      values: [...html.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value),
    }))
    .filter(({ name }) => withMonths || !['desde', 'hasta'].includes(name))
  expect(selects.length).toBeGreaterThan(3)
  const all = selects.reduce<Record<string, string>[]>(
    (chosen, { name, values }) => chosen.flatMap(each => values.map((value = '') => ({ ...each, [name]: value }))),
    [{}],
  )
  const sensible = all.filter(({ desde, hasta }) => !desde || !hasta || desde <= hasta)
  return sensible.map(each => String(new URLSearchParams(each)))
}

const CHOSEN_ONCE = /<tr>\s*<th[^>]*>(Persona\d+)<\/th>[\s\S]*?<td class="bars-count">([01])<\/td>/g

/** Those whose own answer is shown as given once. */
const namesIn = (section = '') =>
  new Set([...section.matchAll(CHOSEN_ONCE)].flatMap(([, name = '', count]) => (count === '1' ? [name] : [])))

/** @param which of the addresses that the filters make */
async function look(person: Person, withMonths: boolean, which: (filters: string) => boolean = () => true) {
  const client = await as(person)
  const addresses = (await filtersOf(person, withMonths)).filter(which)
  await Promise.all(
    addresses.map(async filters => {
      const { body, status } = await client.get(`${page}?${filters}`)
      expect(status).toBe(200)
      const [, all, some] = body.split('<section class="card results-question"')
      seen.all.push(namesIn(all))
      seen.some.push(namesIn(some))
      const texts = await client.get(`${page}/textos/${survey.questions[3]?.id}?${filters}`)
      seen.texts.push(new Set(texts.body.match(/(?<=Texto de )Persona\d+/g)))
      if (withMonths) return
      const file = await client.get(`${page}/csv?${filters}`)
      seen.files.push(new Set([...file.body.matchAll(/Quién es usted\?;(Persona\d+);1/g)].map(([, name = '']) => name)))
    }),
  )
}

/** Those who were seen, grouped by the pages on which they were. */
function groupsIn(pages: Pages): string[][] {
  const groups = new Map<string, string[]>()
  for (const name of names) {
    const places = pages.flatMap((each, index) => (each.has(name) ? [index] : [])).join(',')
    if (places) groups.set(places, [...(groups.get(places) ?? []), name])
  }
  return [...groups.values()]
}

it('cannot single out fewer than five answers by combining pages', { timeout: 300_000 }, async () => {
  for (const month of Object.keys(given)) {
    await answerAll(month)
    await look('ana', false, filters => !/=\w/.test(filters))
    clock.advance({ days: 31 })
    for (const person of ['ana', 'sara', 'marta'] as const) await look(person, false)
  }
  await look('ana', true, filters => /desde=(&|$)|hasta=(&|$)|desde=(.*)&hasta=\3/.test(filters))
  for (const pages of Object.values(seen)) {
    const groups = groupsIn(pages)
    expect(groups.filter(group => group.length < 5)).toEqual([])
    // There was something to see, and more than one way to look at it.
    expect(groups.length).toBeGreaterThan(1)
  }
})

it('shows nearly everything in the end', () => {
  expect(people - groupsIn(seen.all).flat().length).toBeLessThan(5)
})

it('gives an agent no anonymous results, nor anybody a list of low scores', async () => {
  const answers = async (person: Person, path: string) => (await (await as(person)).get(path)).status
  expect(await answers('luis', page)).toBe(404)
  expect((await (await as('luis')).get('/encuestas/resultados')).body).not.toContain('Satisfacción')
  expect(await answers('sara', `${page}/puntuaciones-bajas`)).toBe(404)
  expect((await (await as('ana')).get(page)).body).not.toContain('puntuaciones-bajas')
})
