import { describe, expect, it } from 'vitest'
import { recordAudit } from '../../src/audit/record.ts'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { reportImpediment } from '../../src/tickets/actions/impede.ts'
import { useApplication } from '../support/application.ts'
import { axeViolations, pageFaults, useBrowser } from '../support/browser.ts'
import type { Person } from '../support/cast.ts'

// Every page of every role: axe finds nothing in light and dark, and nothing is wider than the smallest phone.

const application = await useApplication()
const { cast, clock, db, viewer } = application
const { open, openStill } = await useBrowser(application)

const context = { db, clock }
const [ana, clara, luis] = [await viewer('ana'), await viewer('clara'), await viewer('luis')]

async function register(subject: string): Promise<number> {
  const area = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  return createTicket(context, clara, {
    ...area,
    subject,
    description: `${'Sin red. '.repeat(40)}\n${'x'.repeat(300)}`,
  })
}

const assignTo = (number: number, version = 1) =>
  assignTicket(context, ana, number, { version, owner: { assigneeId: cast.ids.luis, assigneeGroupId: null }, note: '' })

const registered = await register(
  'Un asunto tan largo como la palabra electroencefalografistas lo permite '.repeat(2).trim(),
)
const assigned = await register('Asignado a Luis')
await assignTo(assigned)
const finished = await register('Finalizado')
await assignTo(finished)
await closeTicket(context, ana, finished, { action: 'finalizar', version: 2, text: 'Listo.' })
const cancelled = await register('Cancelado')
await closeTicket(context, ana, cancelled, { action: 'cancelar', version: 1, text: 'Repetido.' })
const long = await register('Con una bitácora larga')
await assignTo(long)
for (let turn = 0; turn < 40; turn++) {
  const text = `Entrada ${turn} https://ejemplo.test/${'a'.repeat(turn * 5)}`
  await addEntry(context, luis, long, { text, visibility: turn % 3 ? 'PUBLICA' : 'INTERNA' })
}

await reportImpediment(context, luis, long, { reason: 'PROVEEDOR', text: `Falta una pieza ${'x'.repeat(200)}` })

/** An entry of the audit; its id. */
async function audited(): Promise<number> {
  const subject = { type: 'area' as const, id: cast.areas.sistemas, name: 'Sistemas' }
  const changes = { name: ['Cómputo', 'x'.repeat(200)] as [string, string] }
  const actor = { id: cast.ids.ana, address: '2001:db8:85a3:8d3:1319:8a2e:370:7348' }
  await recordAudit(db.prisma, actor, clock.now(), { kind: 'area.modificada', subject, changes })
  return (await db.prisma.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
}

const own = (number: number) => `/mis-tickets/${number}`
const work = (number: number) => `/tickets/${number}`
const lists = ['/mis-tickets', '/tickets/nuevo', `/tickets/nuevo?area=${cast.areas.sistemas}`]
const steps = [
  `/tickets/${registered}/asignacion`,
  `/tickets/${registered}/cancelacion`,
  `/tickets/${assigned}/asignacion`,
  `/tickets/${assigned}/finalizacion`,
  `/tickets/${assigned}/clasificacion`,
  `/tickets/${finished}/reapertura`,
  `/tickets/${assigned}/incidencia`,
  `/tickets/${long}/incidencia/cierre`,
]
const attended = ['/con-incidencias', '/atendidos']
const supervised = [
  '/',
  ...attended,
  '/tickets',
  '/tickets?estado=asignados&prioridad=alta',
  '/tickets?estado=en-proceso',
  '/asignados',
]

const administered = [
  '/administracion/permisos',
  `/administracion/permisos/${cast.ids.luis}`,
  '/administracion/por-que-no?buscar=pe',
  `/administracion/por-que-no?persona=${cast.ids.luis}&ticket=${assigned}`,
  `/administracion/por-que-no?persona=${cast.ids.luis}&ticket=${registered}&accion=cancelar`,
  '/administracion/auditoria',
  `/administracion/auditoria/${await audited()}`,
]
const administration = [
  ...['areas', 'areas/nueva', 'problemas', 'problemas/nuevo', 'requerimientos', 'grupos', 'grupos/nuevo'],
  `areas/${cast.areas.sistemas}`,
  `areas/${cast.areas.sistemas}/personas`,
  `areas/${cast.areas.sistemas}/personas/${cast.ids.luis}`,
  `areas/${cast.areas.sistemas}/personas/${cast.ids.sara}`,
  `areas?buscar=nada`,
  `problemas/${cast.categories.red}`,
  `requerimientos/${cast.categories.equipo}`,
  `grupos/${cast.groups.redes}`,
  `grupos/nuevo?area=${cast.areas.sistemas}`,
].map(path => `/administracion/${path}`)

const { id: organization } = await db.prisma.organization.create({ data: { name: 'Talleres del Río' } })
const person = `/administracion/usuarios/${cast.ids.luis}`
const peopleAdministered = [
  '/administracion/usuarios?rol=agente',
  '/administracion/usuarios/nuevo',
  person,
  `${person}/desactivacion`,
  '/administracion/clientes',
  '/administracion/clientes/nuevo',
  '/administracion/organizaciones',
  '/administracion/organizaciones/nueva',
  `/administracion/organizaciones/${organization}`,
]

const searches = ['/buscar', '/buscar?texto=bitacora', '/buscar?texto=electroencefalografista', '/buscar?texto=nadaasi']

const pages: Partial<Record<Person, string[]>> = {
  ana: [
    ...peopleAdministered,
    ...supervised,
    ...lists,
    ...[registered, assigned, finished, cancelled, long].map(work),
    ...steps,
    ...searches,
    ...administration,
    ...administered,
  ],
  sara: [...supervised, ...lists, work(finished), work(assigned), work(long)],
  luis: ['/asignados', ...attended, work(assigned), work(long), '/mis-tickets', '/tickets'],
  clara: [...lists, ...[registered, assigned, finished, cancelled, long].map(own), own(999_999), '/tickets'],
  carlos: ['/mis-tickets', '/cuenta', '/buscar?texto=sin+red'],
}

it.each(Object.entries(pages))(
  'nothing is wrong with the pages of %s, on a wide screen and a phone, in light and dark',
  { timeout: 240_000 },
  async (person, paths) => {
    const page = await openStill(person as Person)
    for (const path of paths) expect(await pageFaults(page, path)).toEqual([])
  },
)

describe.each(['light', 'dark'] as const)('in %s', colorScheme => {
  it('axe finds nothing on a refused form, in its dialog and on its page', async () => {
    const page = await openStill('ana', { colorScheme })
    await page.goto(work(registered))
    await page.getByRole('link', { name: 'Cancelar', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Motivo').fill(' ')
    await dialog.getByRole('button', { name: 'Cancelar ticket' }).click()
    await dialog.getByText('Escriba el motivo.').first().waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.goto(`/tickets/nuevo?area=${cast.areas.sistemas}`)
    await page.getByRole('button', { name: 'Registrar ticket' }).click()
    await page.getByText('Escriba el asunto.').first().waitFor()
    expect(await axeViolations(page)).toEqual([])
  })
})

describe('with the keyboard', () => {
  it('the skip link comes first, a row’s menu opens with Enter and closes with Escape', async () => {
    const page = await open('ana')
    await page.goto('/tickets')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Ir al contenido')
    const menu = page.getByRole('row').filter({ hasText: 'electroencefalografistas' }).locator('summary')
    await menu.focus()
    await page.keyboard.press('Enter')
    const entry = page.getByRole('link', { name: `Cancelar el ticket #${registered}` })
    expect(await entry.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await entry.isVisible()).toBe(false)
    expect(await page.locator('summary:focus').getAttribute('aria-label')).toContain(`ticket #${registered}`)
  })

  it('a menu longer than its window opens where its current entry is, and one that is seen anyway at its top', async () => {
    const page = await openStill('ana', { viewport: { width: 1280, height: 640 } })
    const scrolled = () => page.evaluate('document.querySelector(".sidebar").scrollTop')
    await page.goto('/administracion/auditoria')
    const { y, height } = (await page.locator('.sidebar-link[aria-current]').boundingBox()) ?? { y: 0, height: 0 }
    expect(y + height).toBeLessThanOrEqual(640)
    expect(await scrolled()).toBeGreaterThan(0)
    await page.goto('/tickets')
    expect(await scrolled()).toBe(0)
  })

  it('a dialog opens at its first field, closes with Escape and gives the focus back', async () => {
    const page = await open('ana')
    await page.goto(work(assigned))
    const link = page.getByRole('link', { name: 'Finalizar', exact: true })
    await link.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    expect(await page.evaluate('document.activeElement.name')).toBe('resolucion')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(await page.locator('a:focus').getAttribute('href')).toBe(`/tickets/${assigned}/finalizacion`)
  })
})
