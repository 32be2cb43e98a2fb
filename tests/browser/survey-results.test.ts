import { expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { pageFaults, useBrowser } from '../support/browser.ts'
import { type Asked, answer, invite, keepAnswer, placesIn, publishVersion } from '../support/survey-answers.ts'

// The pages of results, full and empty: axe finds nothing in light and dark, and nothing is wider than the smallest phone.

const application = await useApplication()
const { clock } = application
const { open, openStill } = await useBrowser(application)
const places = Object.values(placesIn(application))

const questions: Asked[] = [
  { kind: 'ESCALA', text: '¿Qué tal la atención de las personas electroencefalografistas?', mainScore: true },
  { kind: 'OPCION', text: '¿Por dónde nos buscó?', options: ['Por la página', 'x'.repeat(200)] },
  { kind: 'SI_NO', text: '¿Quedó resuelto?' },
  { kind: 'TEXTO', text: '¿Algo más?' },
]
const nominal = await publishVersion(application, { mode: 'NOMINAL', questions })
const anonymous = await publishVersion(application, { mode: 'ANONIMA', questions })
const unanswered = await publishVersion(application, { mode: 'CONFIDENCIAL', questions })
for (const month of ['2026-03', '2026-04']) {
  for (const [index, place] of [...places, ...places].entries()) {
    const said = [1 + (index % 5), [index % 2], index > 2, 'y'.repeat(300)]
    const agent = (['luis', 'pedro', 'mario'] as const)[index % 3] ?? 'luis'
    await answer(application, nominal, { place, agent, month, answeredAt: new Date(`${month}-10T12:00:00Z`), said })
    await keepAnswer(application, anonymous, { place, month, said })
  }
}
for (const { versionId } of [anonymous, unanswered]) {
  for (const place of places) await invite(application, versionId, { place })
}
clock.advance({ days: 90 })

const page = ({ surveyId }: { surveyId: number }) => `/encuestas/resultados/${surveyId}`
const texts = (survey: typeof nominal) => `${page(survey)}/textos/${survey.questions[3]?.id}`
const pages = [
  '/encuestas/resultados',
  ...[nominal, anonymous, unanswered].map(page),
  `${page(nominal)}?desde=2026-04&tipo=problema`,
  ...[nominal, anonymous, unanswered].map(texts),
  `${page(nominal)}/puntuaciones-bajas`,
]

it('nothing is wrong with the results, on a wide screen and a phone, in light and dark', {
  timeout: 120_000,
}, async () => {
  const window = await openStill('ana')
  for (const path of pages) expect(await pageFaults(window, path)).toEqual([])
})

it('filters lead from the list to the figures without a script', async () => {
  const window = await open('ana', { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } })
  await window.goto('/encuestas/resultados')
  await window.locator(`a[href^="${page(nominal)}?"]`).click()
  await window.getByLabel('Área').selectOption({ label: 'Sistemas' })
  await window.getByRole('button', { name: 'Filtrar' }).click()
  expect(await window.getByText('Respuestas', { exact: true }).first().locator('..').textContent()).toMatch(/8/)
  await window.getByRole('link', { name: /Quitar el filtro Área: Sistemas/ }).click()
  expect(await window.getByRole('heading', { name: 'Por área' }).isVisible()).toBe(true)
})
