import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'
import { answer, invite, type Place, placesIn, publishVersion, type Said } from '../support/survey-answers.ts'

// Who sees which figures, whose names, and which list to follow up.

const application = await useApplication()
const { as, cast, clock } = application
const { red, equipo, techo } = placesIn(application)

const questions = [
  { kind: 'ESCALA' as const, text: '¿Qué tal la atención?', mainScore: true },
  { kind: 'OPCION' as const, text: '¿Qué le gustó?', options: ['El trato', 'La rapidez'] },
  { kind: 'TEXTO' as const, text: '¿Algo más?' },
]
const nominal = await publishVersion(application, { mode: 'NOMINAL', questions, title: 'Nominal' })
const confidential = await publishVersion(application, { mode: 'CONFIDENCIAL', questions, title: 'Confidencial' })
const pageOf = ({ surveyId }: { surveyId: number }) => `/encuestas/resultados/${surveyId}`

for (const survey of [nominal, confidential]) {
  const say = (place: Place, agent: Person, month: string, said: Said[]) =>
    answer(application, survey, { place, agent, month, answeredAt: new Date(`${month}-20T12:00:00Z`), said })
  await say(red, 'luis', '2026-03', [5, [0], 'De Luis en marzo'])
  await say(red, 'luis', '2026-04', [4, [0], null])
  await say(equipo, 'pedro', '2026-04', [2, [1], 'De Pedro en abril'])
  await say(techo, 'mario', '2026-04', [1, null, 'De Mario en abril'])
  await invite(application, survey.versionId, { place: techo, agent: 'mario' })
}
clock.advance({ days: 65 })

const textOf = (html: string) => html.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const read = async (person: Person, path: string) => textOf((await (await as(person)).get(path)).body)

/** What the page says of a fact. */
const factsOf = async (person: Person, path: string) => {
  const { body } = await (await as(person)).get(path)
  return [...body.matchAll(/<dt>(.*?)<\/dt>\s*<dd><strong>(.*?)<\/strong>(?: <span>(.*?)<\/span>)?/g)].map(
    ([, ...found]) => found.filter(Boolean).join(' | '),
  )
}

describe('the figures', () => {
  it('are those of all areas for the Administrador', async () => {
    expect(await factsOf('ana', pageOf(nominal))).toEqual([
      'Respuestas | 4',
      'Tasa de respuesta | 80\u00a0% | 4 de 5 invitaciones',
      'Promedio | 3 | del 1 al 5',
      'Mediana | 3 | del 1 al 5',
    ])
    expect(await read('ana', pageOf(nominal))).toContain('El trato 67 % 2 La rapidez 33 % 1')
    expect(await read('ana', pageOf(nominal))).toMatch(/abril de 2026 3 2,33 marzo de 2026 1 5/)
  })

  it('are those of his areas for a Supervisor, of his tickets for an Agente', async () => {
    expect((await factsOf('sara', pageOf(nominal))).slice(0, 2)).toEqual([
      'Respuestas | 3',
      'Tasa de respuesta | 100\u00a0% | 3 de 3 invitaciones',
    ])
    expect((await factsOf('marta', pageOf(nominal)))[1]).toBe('Tasa de respuesta | 50\u00a0% | 1 de 2 invitaciones')
    expect((await factsOf('luis', pageOf(nominal))).slice(0, 3)).toEqual([
      'Respuestas | 2',
      'Tasa de respuesta | 100\u00a0% | 2 de 2 invitaciones',
      'Promedio | 4,5 | del 1 al 5',
    ])
  })

  it.each([
    ['ana', 'desde=2026-04', 3],
    ['ana', 'hasta=2026-03', 1],
    ['ana', 'desde=2026-04&hasta=2026-04&tipo=problema', 2],
    ['ana', `area=${cast.areas.sistemas}`, 3],
    ['ana', `categoria=${cast.categories.red}`, 2],
    ['ana', `responsable=${cast.ids.luis}&desde=2026-04`, 1],
    // A filter never leads out of what somebody sees.
    ['sara', `area=${cast.areas.mantenimiento}`, 0],
    ['luis', `responsable=${cast.ids.pedro}`, 0],
    ['marta', `responsable=${cast.ids.luis}`, 0],
    // What is damaged filters nothing.
    ['ana', 'desde=ayer&area=x&tipo=otro&version=9', 4],
  ] as const)('for %s are narrowed by %s', async (person, filters, responses) => {
    expect((await factsOf(person, `${pageOf(nominal)}?${filters}`))[0]).toBe(`Respuestas | ${responses}`)
  })

  it('rank areas, categories and agents by their mean', async () => {
    const all = await read('ana', pageOf(nominal))
    expect(all).toMatch(/Sistemas 3,67 3 Mantenimiento 1 1/)
    expect(all).toMatch(/Sin red 4,5 2 Equipo nuevo 2 1 Gotera 1 1/)
    expect(all).toMatch(/Luis Ibáñez 4,5 2 Pedro Gómez 2 1 Mario Ortega 1 1/)
    expect(await read('luis', pageOf(nominal))).not.toContain('Por responsable')
  })

  it('are listed with the rate of each version', async () => {
    expect(await read('marta', '/encuestas/resultados')).toMatch(
      /Nominal Versión 1 Modo Nominal Invitaciones 2 Respuestas 1 .*? 50 %/,
    )
    expect(await read('luis', '/encuestas/resultados')).toMatch(/Confidencial Versión 1 .*?Respuestas 0/)
  })

  it('do not exist for whom nobody was asked about', async () => {
    const client = await as('mario')
    const other = await publishVersion(application, { mode: 'NOMINAL', questions, title: 'Otra' })
    await invite(application, other.versionId, { place: red })
    const answers = ['', '/csv', '/puntuaciones-bajas', `/textos/${other.questions[2]?.id}`].map(
      async path => (await client.get(`${pageOf(other)}${path}`)).status,
    )
    expect(await Promise.all(answers)).toEqual([404, 404, 404, 404])
  })
})

describe('who answered', () => {
  const textsOf = (survey: typeof nominal) => `${pageOf(survey)}/textos/${survey.questions[2]?.id}`

  it('is shown of a nominal survey to all who see the answers', async () => {
    expect(await read('ana', textsOf(nominal))).toMatch(
      /De Mario en abril Elena Prado · Ticket #\d+ · Gotera · Mantenimiento/,
    )
    const own = await read('luis', textsOf(nominal))
    expect(own).toMatch(/De Luis en marzo Elena Prado/)
    expect(own).not.toMatch(/De Pedro|De Mario/)
  })

  it('is shown of a confidential one to those who supervise, never to the agent', async () => {
    expect(await read('sara', textsOf(confidential))).toMatch(/De Pedro en abril Elena Prado/)
    for (const path of ['', '/csv', `/textos/${confidential.questions[2]?.id}`]) {
      const said = await read('luis', `${pageOf(confidential)}${path}`)
      // Two answers are too few to hide in.
      expect(said).not.toMatch(/Elena|De Luis|Promedio/)
    }
  })

  it('leads to the ticket only who sees it', async () => {
    const { body } = await (await as('sara')).get(textsOf(nominal))
    expect(body).toMatch(/<a href="\/tickets\/\d+">Ticket #\d+<\/a>/)
    expect((await (await as('luis')).get(textsOf(nominal))).body).not.toMatch(/<a href="\/tickets\/\d+">/)
  })
})

describe('low scores', () => {
  const listOf = (survey: typeof nominal) => `${pageOf(survey)}/puntuaciones-bajas`

  it.each([nominal, confidential])('are listed to those who supervise', async survey => {
    expect(await read('sara', listOf(survey))).toMatch(
      /#\d+ Asunto Equipo nuevo · Sistemas .*2 de 5 .*Elena Prado .*Pedro Gómez/,
    )
    expect(await read('sara', listOf(survey))).not.toContain('Gotera ·')
    expect(await read('marta', listOf(survey))).toMatch(/1 de 5/)
    expect(await read('ana', pageOf(survey))).toContain('2 puntuaciones bajas (1 o 2) por revisar')
    expect((await (await as('luis')).get(listOf(survey))).status).toBe(403)
  })
})
