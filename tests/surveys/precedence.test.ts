import { beforeAll, expect, it } from 'vitest'
import { listCoverage, reachOf } from '../../src/surveys/coverage.ts'
import { useApplication } from '../support/application.ts'
import { useScene } from './scene.ts'

const application = await useApplication()
const { as, cast, db } = application
const { makeSurvey } = useScene(application)

// One survey for each thing that it may be for, and every combination of them being active.
const CATEGORIES = [
  { id: cast.categories.red, kind: 'PROBLEMA', area: cast.areas.sistemas },
  { id: cast.categories.equipo, kind: 'REQUERIMIENTO', area: cast.areas.sistemas },
  { id: cast.categories.techo, kind: 'PROBLEMA', area: cast.areas.mantenimiento },
]
const SCOPES = [
  'todo',
  'tipo:PROBLEMA',
  'tipo:REQUERIMIENTO',
  `area:${cast.areas.sistemas}`,
  `area:${cast.areas.mantenimiento}`,
  `categoria:${cast.categories.red}`,
  `categoria:${cast.categories.techo}`,
]

const surveys = new Map<string, { id: number; version: number }>()

beforeAll(async () => {
  for (const scope of SCOPES) {
    const id = await makeSurvey({ scope, title: scope, until: 'publicada' })
    const { id: version } = await db.prisma.surveyVersion.findFirstOrThrow({ where: { surveyId: id } })
    surveys.set(scope, { id, version })
  }
})

/** The rule in words: category, area, kind, everything; the first of them that is active. */
function expected({ id, kind, area }: (typeof CATEGORIES)[number], active: ReadonlySet<string>): string | undefined {
  return [`categoria:${id}`, `area:${area}`, `tipo:${kind}`, 'todo'].find(scope => active.has(scope))
}

const subsets = Array.from(
  { length: 2 ** SCOPES.length },
  (_, bits) => new Set(SCOPES.filter((_scope, at) => bits & (1 << at))),
)

async function activate(active: ReadonlySet<string>) {
  const ids = [...active].map(scope => surveys.get(scope)?.id)
  await db.pool.query('UPDATE surveys SET active = id = ANY($1)', [ids])
}

it('gives each category the most specific active survey, over all combinations', async () => {
  for (const active of subsets) {
    await activate(active)
    const { rows } = await db.pool.query<{ id: number; version: number | null }>(
      'SELECT id, survey_version_for(id) AS version FROM categories ORDER BY id',
    )
    const wanted = CATEGORIES.map(category => surveys.get(expected(category, active) ?? '')?.version ?? null)
    const given = CATEGORIES.map(({ id }) => rows.find(row => row.id === id)?.version ?? null)
    expect(given, [...active].join(' ')).toEqual(wanted)
  }
})

it('says for each survey which categories it reaches, or would, over all combinations', async () => {
  for (const active of subsets.filter((_each, index) => index % 5 === 0)) {
    await activate(active)
    const coverage = await listCoverage(db, { direction: 'forward', from: null })
    expect(new Map(coverage.rows.map(({ id, surveyId }) => [id, surveyId]))).toEqual(
      new Map(CATEGORIES.map(category => [category.id, surveys.get(expected(category, active) ?? '')?.id ?? null])),
    )
    for (const [scope, { id }] of surveys) {
      const reached = (await reachOf(db, id)).filter(({ instead }) => instead === null).length
      const hypothetical = new Set([...active, scope])
      const wanted = CATEGORIES.filter(category => expected(category, hypothetical) === scope).length
      expect(reached, `${scope} with ${[...active].join(' ')}`).toBe(wanted)
    }
  }
})

it('passes over an active survey without a published version', async () => {
  const draft = await makeSurvey({ scope: `categoria:${cast.categories.equipo}`, until: 'borrador' })
  await db.pool.query('UPDATE surveys SET active = id = ANY($1)', [[draft, surveys.get('todo')?.id]])
  const { rows } = await db.pool.query('SELECT survey_version_for($1) AS version', [cast.categories.equipo])
  expect(rows[0].version).toBe(surveys.get('todo')?.version)
})

it('shows on the pages what each category gets, and which survey is asked instead', async () => {
  await activate(new Set(['todo', `categoria:${cast.categories.red}`]))
  const ana = await as('ana')
  const coverage = (await ana.get('/administracion/encuestas/cobertura')).body
  expect(coverage).toMatch(new RegExp(`>Sin red<[\\s\\S]*?categoria:${cast.categories.red}`))
  const page = (await ana.get(`/administracion/encuestas/${surveys.get('todo')?.id}`)).body
  expect(page).toContain('Llega a 2 categorías.')
  expect(page).toMatch(new RegExp(`Sin red[\\s\\S]*?recibe <a [^>]*>categoria:${cast.categories.red}</a>`))
})
