import { beforeEach, describe, expect, it } from 'vitest'
import { explain } from '../../src/permissions/explanation.ts'
import { verdictParts, visibilityParts } from '../../src/permissions/pages/explanation-texts.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { getTicket } from '../../src/tickets/detail.ts'
import { findPersonalized } from '../../src/users/viewer.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

const { as, cast, clock, db, viewer } = await useApplication()
const { ids } = cast
const context = { db, clock }
const [ana, clara] = [await viewer('ana'), await viewer('clara')]

async function register(): Promise<number> {
  const area = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  return createTicket(context, clara, { ...area, subject: 'Sin red', description: 'Texto' })
}

async function assignedTo(owner: { assigneeId: number | null; assigneeGroupId: number | null }): Promise<number> {
  const number = await register()
  await assignTicket(context, ana, number, { version: 1, owner, note: '' })
  return number
}

const registered = await register()
const assigned = await assignedTo({ assigneeId: ids.luis, assigneeGroupId: null })
const ofGroup = await assignedTo({ assigneeId: null, assigneeGroupId: cast.groups.redes })
const finished = await assignedTo({ assigneeId: ids.luis, assigneeGroupId: null })
await closeTicket(context, ana, finished, { action: 'finalizar', version: 2, text: 'Listo' })
const cancelled = await register()
await closeTicket(context, ana, cancelled, { action: 'cancelar', version: 1, text: 'Repetido' })

const override = (person: Person, permission: string, effect: 'CONCEDER' | 'DENEGAR') =>
  db.prisma.userPermission.create({ data: { userId: ids[person], permission, effect } })

/** The page's text, without its tags. */
async function ask(person: Person, ticket: number | string, accion = '') {
  const query = new URLSearchParams({ persona: String(ids[person]), ticket: String(ticket), accion })
  const { status, body } = await (await as('ana')).get(`/administracion/por-que-no?${query}`)
  const answer = body.slice(body.indexOf('id="respuesta"')).replace(/<svg.*?<\/svg>|<[^>]*>/gs, '')
  return { status, body, answer: answer.replace(/\s+/g, ' ').replaceAll('&#34;', '"') }
}

beforeEach(() => db.prisma.userPermission.deleteMany())

describe('the answer', () => {
  it('names the permission that the role does not give', async () => {
    const { answer } = await ask('luis', assigned, 'cancelar')
    expect(answer).toContain(`Luis Ibáñez no puede cancelar el ticket #${assigned}`)
    expect(answer).toContain('«Su cuenta no puede cancelar tickets.»')
    expect(answer).toContain('Permiso. «Cancelar tickets»: su rol (Agente) no lo da.')
    expect(answer).toContain('Es la persona responsable del ticket. Permiso «Ver los tickets asignados')
    expect(answer).toContain('El estado «Asignado» lo admite.')
  })

  it('tells what was granted and what was denied', async () => {
    await override('luis', 'tickets.cancelar', 'CONCEDER')
    await override('luis', 'tickets.finalizar', 'DENEGAR')
    const granted = await ask('luis', assigned, 'cancelar')
    expect(granted.answer).toContain(`Luis Ibáñez puede cancelar el ticket #${assigned}`)
    expect(granted.answer).toContain('Permiso. «Cancelar tickets»: se le concedió, además de su rol.')
    const denied = await ask('luis', assigned, 'finalizar')
    expect(denied.answer).toContain('Permiso. «Finalizar tickets»: se le denegó, aunque lo diera su rol.')
  })

  it('says that somebody does not see a ticket, and with which permission he would', async () => {
    const { answer } = await ask('pedro', assigned, 'finalizar')
    expect(answer).toContain('No ve el ticket: para esta persona no existe')
    expect(answer).toContain('No es la persona responsable del ticket.')
    expect(answer).toContain(
      'El ticket es de un área suya. Permiso «Ver todos los tickets de sus áreas»: su rol (Agente) no lo da.',
    )
  })

  it('says what he would have to be, and with which permission he would be', async () => {
    await override('sara', 'tickets.ver_area', 'DENEGAR')
    const { answer } = await ask('sara', assigned, 'reasignar')
    expect(answer).toContain('Solo reasignan los supervisores del área y los administradores. No es nada de eso.')
    expect(answer).toContain('Lo sería con el permiso «Ver todos los tickets de sus áreas»: se le denegó')
  })

  it('says what the state does not allow, and when a term is over', async () => {
    expect((await ask('luis', finished, 'finalizar')).answer).toContain('Estado. El ticket ya está finalizado.')
    expect((await ask('luis', cancelled, 'comentar')).answer).toContain('Historial. El ticket está cancelado')
    expect((await ask('clara', finished, 'reabrir')).answer).toContain('El plazo para reabrirlo sigue abierto.')
    await db.prisma.settings.update({ where: { id: 1 }, data: { reopenDays: 0 } })
    expect((await ask('clara', finished, 'reabrir')).answer).toContain(
      'Plazo. El plazo para reabrir este ticket terminó',
    )
  })

  it('lists all actions at once, and tells of an account that is not active', async () => {
    const { answer } = await ask('luis', assigned)
    expect(answer).toContain(`Qué puede hacer Luis Ibáñez con el ticket #${assigned}`)
    expect(answer).toMatch(/Finalizar el ticket ?Sí ?—/)
    expect(answer).toMatch(/Cancelar el ticket ?No ?Su cuenta no puede cancelar tickets\./)
    expect((await ask('dario', assigned)).answer).toContain('Su cuenta está desactivada')
  })
})

describe('the question', () => {
  it('finds people on the server, and asks again for what is missing', async () => {
    const client = await as('ana')
    const found = await client.get('/administracion/por-que-no?buscar=ibanez')
    expect(found.body).toMatch(new RegExp(`name="persona" value="${ids.luis}" checked`))
    const nobody = await client.get(`/administracion/por-que-no?ticket=${assigned}`)
    expect(nobody.status).toBe(422)
    expect(nobody.body).toContain('Busque y elija una persona.')
    for (const wrong of ['999999', 'x', '0']) {
      const { status, body } = await ask('luis', wrong)
      expect(status).toBe(422)
      expect(body).toContain('No hay ningún ticket con ese número.')
    }
  })
})

it('holds in all its parts exactly when it is allowed, for everybody, every ticket and every action', async () => {
  await override('luis', 'tickets.cancelar', 'CONCEDER')
  await override('sara', 'tickets.ver_area', 'DENEGAR')
  for (const person of ['ana', 'sara', 'marta', 'luis', 'pedro', 'mario', 'clara', 'elena'] as const) {
    const asked = await findPersonalized(db, ids[person])
    if (!asked) throw new Error(person)
    const { role } = asked.viewer
    for (const number of [registered, assigned, ofGroup, finished, cancelled]) {
      const ticket = await getTicket(db, [{ by: 'all' }], number, clock.now())
      const { visible, clauses, verdicts } = await explain(db, asked, ticket)
      expect(visibilityParts(clauses, role).some(({ holds }) => holds)).toBe(visible)
      for (const explained of verdicts) {
        const parts = verdictParts(explained, ticket, role)
        const said = `${person} ${explained.verb} ${ticket.status}`
        expect(
          parts.every(({ holds }) => holds),
          said,
        ).toBe(explained.verdict.allowed)
        for (const { text } of parts) expect(text, said).toMatch(/^[«A-ZÁÉÍÓÚ].+\.$/)
      }
    }
  }
})
