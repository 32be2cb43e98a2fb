import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { axeViolations, pageFaults, useBrowser } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'
import { useScene } from '../surveys/scene.ts'

// Building a survey and answering it, as people do it.

const application = await useApplication()
const { db } = application
const { openTicket, makeSurvey, finishedTicket, invitationOf, formFor, deactivate } = useScene(application)
const { open, openStill } = await useBrowser(application)
const base = '/administracion/encuestas'

async function addQuestion(
  page: Page,
  text: string,
  kind: string,
  more: (page: Page) => Promise<void> = async () => {},
) {
  await page.getByRole('link', { name: 'Agregar pregunta' }).click()
  await page.getByRole('textbox', { name: 'Pregunta' }).fill(text)
  await page.getByRole('radio', { name: kind }).check()
  await more(page)
  await page.getByRole('button', { name: 'Guardar pregunta' }).click()
  await page.getByText('Pregunta agregada.').waitFor()
}

const order = (page: Page) => page.locator('.question-text').allInnerTexts()

async function build(page: Page, scope: string) {
  await page.goto(base)
  await page.getByRole('link', { name: 'Nueva encuesta' }).first().click()
  await page.getByLabel('Título').fill('¿Cómo le fue?')
  await page.getByLabel('Agradecimiento').fill('Gracias por contarnos.')
  await page.getByRole('radio', { name: /^Nominal/ }).check()
  await page.getByLabel('A qué se aplica').selectOption({ label: scope })
  await page.getByRole('button', { name: 'Crear encuesta' }).click()
  await page.getByText('Borrador creado.').waitFor()
  await addQuestion(page, '¿Algo más?', 'Texto libre')
  await addQuestion(page, '¿Por dónde lo atendieron?', 'Una opción', async page => {
    expect(await page.getByRole('checkbox', { name: /puntuación principal/ }).isVisible()).toBe(false)
    await page.getByRole('textbox', { name: 'Opciones' }).fill('Por teléfono\nEn persona')
  })
  await addQuestion(page, '¿Qué calificación le da?', 'Escala del 1 al 5', async page => {
    expect(await page.getByRole('textbox', { name: 'Opciones' }).isVisible()).toBe(false)
    await page.getByRole('checkbox', { name: 'Obligatoria' }).check()
    await page.getByRole('checkbox', { name: /puntuación principal/ }).check()
  })
  await page.getByRole('button', { name: 'Subir la pregunta 3' }).click()
  await page.getByText('Orden guardado.').waitFor()
  await page.getByRole('button', { name: 'Subir la pregunta 2' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => order(page)).toEqual(['¿Qué calificación le da?', '¿Algo más?', '¿Por dónde lo atendieron?'])
  await page.getByRole('link', { name: 'Vista previa' }).click()
  await page.getByText('Vista previa: así la verá la persona.').waitFor()
  expect(await page.locator('input:checked').count()).toBe(0)
  await page.getByRole('link', { name: 'Volver a la encuesta' }).click()
  await page.getByRole('button', { name: 'Publicar' }).click()
  await page.getByText('Versión 1 publicada.').waitFor()
  await page.getByRole('button', { name: 'Activar' }).click()
  await page.getByText('está activa').waitFor()
}

async function finish(page: Page, ticket: number) {
  await page.goto(`/tickets/${ticket}/finalizacion`)
  await page.getByLabel('Resolución').fill('Se cambió el cable.')
  await page.getByRole('button', { name: 'Finalizar ticket' }).click()
  await page.getByText(`Ticket #${ticket} finalizado.`).waitFor()
}

async function answer(page: Page) {
  await page.getByText(/Tiene (una|\d+) encuestas? por contestar/).waitFor()
  await page.getByRole('link', { name: 'Ver encuestas' }).click()
  await page
    .getByRole('link', { name: /^Contestar encuesta/ })
    .first()
    .click()
  await page.getByText('Sus respuestas se guardan con su nombre').waitFor()
  await page.getByLabel('¿Algo más?').fill('Llegaron enseguida.')
  await page.getByRole('radio', { name: 'En persona' }).check()
  await page.getByRole('button', { name: 'Enviar respuestas' }).click()
  await page.getByRole('link', { name: 'Conteste «¿Qué calificación le da?».' }).waitFor()
  expect(await page.getByLabel('¿Algo más?').inputValue()).toBe('Llegaron enseguida.')
  expect(await page.getByRole('radio', { name: 'En persona' }).isChecked()).toBe(true)
  await page.getByRole('radio', { name: /^5/ }).check()
  await page.getByRole('button', { name: 'Enviar respuestas' }).click()
  await page.getByText('Gracias por contarnos.').waitFor()
  const text = await page.locator('main').innerText()
  for (const given of ['5 de 5', 'Llegaron enseguida.', 'En persona']) expect(text).toContain(given)
}

describe.each([
  ['with JavaScript', { javaScriptEnabled: true }, 'Todos los tickets'],
  ['without JavaScript', { javaScriptEnabled: false }, 'Sistemas'],
])('%s', (_how, mode, scope) => {
  it('a survey is built, published, asked for and answered', { timeout: 120_000 }, async () => {
    const ticket = await openTicket()
    const ana = await open('ana', mode)
    await build(ana, scope)
    await finish(ana, ticket)
    const clara = await open('clara', mode)
    await answer(clara)
    await ana.goto(`/tickets/${ticket}`)
    await ana.getByText('contestó la encuesta').waitFor()
    const where = { invitation: { ticketNumber: ticket } }
    expect(await db.prisma.surveyResponse.count({ where })).toBe(1)
    for (const { id } of await db.prisma.survey.findMany({ where: { active: true } })) await deactivate(id)
  })
})

it('a question is dragged to its place', { timeout: 60_000 }, async () => {
  const id = await makeSurvey({ until: 'borrador' })
  const page = await open('ana')
  await page.goto(`${base}/${id}`)
  const [first, second, ...rest] = await order(page)
  const items = page.locator('.question-item')
  await items.nth(0).dragTo(items.nth(1), { targetPosition: { x: 40, y: 60 } })
  await page.getByText('Orden guardado.').waitFor()
  expect(await order(page)).toEqual([second, first, ...rest])
})

describe('every page', () => {
  const pages: Partial<Record<Person, string[]>> = {}
  beforeAll(async () => {
    const draft = await makeSurvey({ until: 'borrador', title: 'electroencefalografistas '.repeat(4) })
    const active = await makeSurvey()
    const answered = await invitationOf(await finishedTicket())
    const clara = await application.as('clara')
    await clara.post(`/encuestas/${answered.id}`, await formFor(answered.versionId, 'x'.repeat(300)))
    const ticket = await finishedTicket()
    const { id } = await invitationOf(ticket)
    const question = await db.prisma.surveyQuestion.findFirstOrThrow({ where: { version: { surveyId: draft } } })
    const own = [
      '',
      '/vista-previa',
      '/datos',
      '/aplicacion',
      '/eliminacion',
      '/preguntas/nueva',
      `/preguntas/${question.id}`,
    ]
    pages.ana = [
      ...['', '/nueva', '/cobertura', '?estado=publicada', `/${active}`].map(path => `${base}${path}`),
      ...own.map(path => `${base}/${draft}${path}`),
    ]
    const asked = ['', '?ver=contestadas', `/${id}`, `/${answered.id}`].map(path => `/encuestas${path}`)
    pages.clara = [...asked, `/mis-tickets/${ticket}`, '/mis-tickets']
    pages.carlos = ['/encuestas', '/encuestas?ver=contestadas']
  })

  it.each(['ana', 'clara', 'carlos'] as const)('of %s has nothing wrong', { timeout: 180_000 }, async person => {
    const page = await openStill(person)
    for (const path of pages[person] ?? []) expect(await pageFaults(page, path)).toEqual([])
  })

  it('shows a refused form so that axe finds nothing', { timeout: 60_000 }, async () => {
    const page = await open('clara')
    await page.goto(pages.clara?.[2] ?? '')
    await page.getByRole('button', { name: 'Enviar respuestas' }).click()
    await page.getByRole('alert').waitFor()
    expect(await axeViolations(page)).toEqual([])
    const ana = await open('ana')
    await ana.goto(`${base}/nueva`)
    await ana.getByRole('button', { name: 'Crear encuesta' }).click()
    await ana.getByRole('alert').waitFor()
    expect(await axeViolations(ana)).toEqual([])
  })
})
