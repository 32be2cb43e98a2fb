import { describe, expect, it } from 'vitest'
import { sendAccountLinks } from '../../src/auth/account-mails.ts'
import { mailSeal } from '../../src/mail/queue.ts'
import { transaction } from '../../src/platform/db.ts'
import { SECRET, useApplication } from '../support/application.ts'
import { axeViolations, pageFaults, useBrowser } from '../support/browser.ts'
import { emailOf } from '../support/cast.ts'

// Signing in, links, sign-up, one's own account and the mails: axe finds nothing, and nothing is wider than a small phone.

const application = await useApplication()
const { cast, clock, db } = application
const { openStill } = await useBrowser(application)

const links = { publicUrl: 'https://soporte.ejemplo.test', seal: mailSeal(SECRET) }
const person = { id: cast.ids.elena, name: 'Elena Prado', email: emailOf('elena') }
const [link = ''] = await transaction(db, tx => sendAccountLinks(tx, links, 'INVITACION', [person], clock.now()))
const mail = await db.prisma.mail.findFirstOrThrow()
await db.prisma.mail.update({ where: { id: mail.id }, data: { failure: 'El servidor de correo no contesta.' } })
await db.prisma.settings.update({ where: { id: 1 }, data: { signUp: true } })

const invitation = new URL(link).pathname
const doors = [
  ...['/ingresar', '/clave-olvidada', '/clave-olvidada/enviado', '/registro', '/registro/enviado', '/acceso/nada'],
  invitation,
]
const own = [
  '/cuenta',
  '/administracion/correo',
  '/administracion/correo?buscar=nadie',
  `/administracion/correo/${mail.id}`,
]

it.each([
  [null, doors],
  ['ana' as const, own],
])('nothing is wrong with the pages of %s, on a wide screen and a phone, in light and dark', async (who, paths) => {
  const page = await openStill(who)
  for (const path of paths) expect(await pageFaults(page, path)).toEqual([])
})

describe.each(['light', 'dark'] as const)('in %s', colorScheme => {
  it.each([
    [null, '/ingresar', 'Ingresar'],
    [null, '/clave-olvidada', 'Enviar enlace'],
    [null, '/registro', 'Enviar enlace'],
    [null, invitation, 'Guardar contraseña'],
    ['clara' as const, '/cuenta', 'Cambiar contraseña'],
  ])('axe finds nothing for %s on %s when it is refused', async (who, path, button) => {
    const page = await openStill(who, { colorScheme })
    await page.goto(path)
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('alert').first().waitFor()
    expect(await axeViolations(page)).toEqual([])
  })
})
