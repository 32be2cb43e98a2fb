import { describe, expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { axeViolations, useBrowser } from '../support/browser.ts'

const application = await useApplication()
const { cast, clock, db, origin, viewer } = application
const { open } = await useBrowser(application)

const PASSWORD = 'cuatro barcas cruzan la bahía'

async function assignedTo(person: 'luis') {
  const [ana, clara] = [await viewer('ana'), await viewer('clara')]
  const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'Sin red', description: 'x' }
  const number = await createTicket({ db, clock }, clara, input)
  const owner = { assigneeId: cast.ids[person], assigneeGroupId: null }
  await assignTicket({ db, clock }, ana, number, { version: 1, owner, note: '' })
  return number
}

describe.each([true, false])('with JavaScript: %s', javaScriptEnabled => {
  it('somebody is invited, chooses a password and signs in', { timeout: 60_000 }, async () => {
    const mail = `rosa.${javaScriptEnabled}@ejemplo.test`
    const permissions = javaScriptEnabled ? { permissions: ['clipboard-read', 'clipboard-write'] } : {}
    const ana = await open('ana', { javaScriptEnabled, ...permissions })
    await ana.goto('/administracion/usuarios')
    await ana.getByRole('link', { name: 'Nuevo usuario' }).click()
    await ana.getByLabel('Nombre').fill('Rosa Díaz')
    await ana.getByLabel('Correo electrónico').fill(mail)
    await ana.getByLabel('Agente').check()
    await ana.getByLabel('Sistemas').check()
    await ana.getByRole('button', { name: 'Crear e invitar' }).click()
    const link = await ana.getByLabel('Enlace', { exact: true }).inputValue()
    if (javaScriptEnabled) expect(await axeViolations(ana)).toEqual([])
    if (javaScriptEnabled) {
      await ana.getByRole('button', { name: 'Copiar' }).click()
      await ana.getByRole('button', { name: 'Copiado' }).waitFor()
      expect(await ana.evaluate('navigator.clipboard.readText()')).toBe(link)
    }
    await ana.reload()
    expect(await ana.getByLabel('Enlace', { exact: true }).count()).toBe(0)

    const rosa = await open(null, { javaScriptEnabled })
    await rosa.goto(origin + new URL(link).pathname)
    await rosa.getByLabel('Contraseña', { exact: false }).first().fill(PASSWORD)
    await rosa.getByLabel('Repita la contraseña').fill(PASSWORD)
    await rosa.getByRole('button').last().click()
    await rosa.goto('/asignados')
    expect(await rosa.getByRole('heading', { level: 1 }).textContent()).toBe('Asignados')
  })

  it('an agent with open tickets is deactivated once it is said who takes them', { timeout: 60_000 }, async () => {
    await db.prisma.user.update({ where: { id: cast.ids.luis }, data: { active: true } })
    const [first, second] = [await assignedTo('luis'), await assignedTo('luis')]
    const ana = await open('ana', { javaScriptEnabled })
    await ana.goto(`/administracion/usuarios/${cast.ids.luis}`)
    await ana.getByRole('link', { name: 'Desactivar la cuenta' }).click()
    await ana.getByRole('button', { name: 'Desactivar la cuenta' }).click()
    await ana.getByRole('alert').getByText('Elija quién atenderá estos tickets.').waitFor()
    if (javaScriptEnabled) expect(await axeViolations(ana)).toEqual([])
    await ana.getByLabel('Todos los de Sistemas').selectOption({ label: 'Redes' })
    await ana.getByText('Elegir uno por uno').click()
    await ana.locator(`[name="ticket-${second}"]`).selectOption({ label: 'Sara Peña' })
    await ana.getByRole('button', { name: 'Desactivar la cuenta' }).click()
    await ana.getByText('2 tickets cambiaron de responsable').waitFor()
    await ana.goto(`/tickets/${first}`)
    await ana.getByText('asignó el ticket a Redes').waitFor()
    await ana.goto(`/tickets/${second}`)
    await ana.getByText('asignó el ticket a Sara Peña').waitFor()
    await ana.getByText('Luis Ibáñez ya no atiende los tickets de esta área.').waitFor()
  })
})

it('asks only for what the chosen role has', async () => {
  const ana = await open('ana')
  await ana.goto(`/administracion/usuarios/${cast.ids.pedro}`)
  expect(await ana.getByLabel('Sistemas').isVisible()).toBe(true)
  expect(await ana.getByLabel('Organización').isVisible()).toBe(false)
  await ana.getByLabel('Cliente').check()
  expect(await ana.getByLabel('Sistemas').isVisible()).toBe(false)
  expect(await ana.getByLabel('Organización').isVisible()).toBe(true)
})
