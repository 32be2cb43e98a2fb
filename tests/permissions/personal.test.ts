import { beforeEach, describe, expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

const application = await useApplication()
const { as, cast, clock, db, viewer } = application
const { ids } = cast

const page = (person: Person) => `/administracion/permisos/${ids[person]}`
const seenBy = (body: string) => /name="vistos" value="([^"]*)"/.exec(body)?.[1] ?? ''

/** Saves choices as the Administrador does it, from the page as it is now. */
async function choose(person: Person, choices: Record<string, string>) {
  const ana = await as('ana')
  return ana.post(page(person), { vistos: seenBy((await ana.get(page(person))).body), ...choices })
}

async function assigned(): Promise<number> {
  const context = { db, clock }
  const area = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  const number = await createTicket(context, await viewer('clara'), {
    ...area,
    subject: 'Asunto',
    description: 'Texto',
  })
  const owner = { assigneeId: ids.luis, assigneeGroupId: null }
  await assignTicket(context, await viewer('ana'), number, { version: 1, owner, note: '' })
  return number
}

beforeEach(() => db.prisma.userPermission.deleteMany())

describe('a permission of one employee', () => {
  it('makes a button appear from his next request when it is granted, and it works', async () => {
    const number = await assigned()
    const luis = await as('luis')
    const button = `/tickets/${number}/cancelacion`
    expect((await luis.get(`/tickets/${number}`)).body).not.toContain(button)
    expect((await choose('luis', { 'tickets.cancelar': 'conceder' })).location).toBe(page('luis'))
    expect((await luis.get(`/tickets/${number}`)).body).toContain(button)
    expect((await luis.post(button, { version: 2, motivo: 'Repetido' })).status).toBe(303)
    expect(await db.prisma.ticket.findUnique({ where: { number } })).toMatchObject({ status: 'CANCELADO' })
  })

  it('makes a button vanish when it is denied, and the endpoint answers 403 with the reason', async () => {
    const number = await assigned()
    const luis = await as('luis')
    const button = `/tickets/${number}/finalizacion`
    expect((await luis.get(`/tickets/${number}`)).body).toContain(`href="${button}"`)
    await choose('luis', { 'tickets.finalizar': 'denegar' })
    expect((await luis.get(`/tickets/${number}`)).body).not.toContain(`href="${button}"`)
    const answer = await luis.post(button, { version: 2, resolucion: 'Listo' })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('Su cuenta no puede finalizar tickets.')
  })

  it('opens and closes a page of the administration', async () => {
    const sara = await as('sara')
    expect((await sara.get('/administracion/auditoria')).status).toBe(403)
    await choose('sara', { 'auditoria.ver': 'conceder' })
    expect((await sara.get('/administracion/auditoria')).status).toBe(200)
    await choose('sara', { 'auditoria.ver': 'rol' })
    expect((await sara.get('/administracion/auditoria')).status).toBe(403)
  })

  it('is offered to whoever was refused a page, unless his role cannot have it', async () => {
    const supervisor = (await (await as('sara')).get('/administracion/auditoria')).body
    expect(supervisor).toContain('«Ver la auditoría». Quien administra el sistema puede dárselo.')
    const agent = (await (await as('luis')).get('/tickets')).body
    expect(agent).toContain('«Ver todos los tickets de sus áreas», que su rol (Agente) no puede tener.')
  })

  it('is written down with what was before', async () => {
    await choose('luis', { 'tickets.cancelar': 'conceder', 'tickets.comentar': 'denegar' })
    await choose('luis', { 'tickets.cancelar': 'denegar', 'tickets.comentar': 'denegar' })
    const [last] = await db.prisma.auditEntry.findMany({ orderBy: { id: 'desc' }, take: 1 })
    expect(last).toMatchObject({
      kind: 'permisos.modificados',
      actorId: ids.ana,
      subjectType: 'usuario',
      subjectId: ids.luis,
      subjectName: 'Luis Ibáñez',
      changes: { 'tickets.cancelar': ['CONCEDER', 'DENEGAR'] },
    })
  })
})

describe('what cannot be chosen', () => {
  it.each([
    ['luis', 'tickets.asignar'],
    ['luis', 'tickets.ver_area'],
    ['sara', 'permisos.administrar'],
    ['sara', 'ajustes.administrar'],
    ['sara', 'tickets.ver_todos'],
  ] as const)('for %s: %s has no choice on the page and is refused', async (person, code) => {
    const ana = await as('ana')
    const { body } = await ana.get(page(person))
    expect(body).toContain('name="tickets.cancelar"')
    expect(body).not.toContain(`name="${code}"`)
    const choices = { vistos: seenBy(body), [code]: 'conceder', 'tickets.crear': 'conceder' }
    for (const path of [page(person), `${page(person)}/vista-previa`]) {
      const answer = await ana.post(path, choices)
      expect(answer.status, path).toBe(422)
      expect(answer.body).toContain('no puede concederse ni denegarse')
      expect(answer.body).toMatch(/value="conceder" checked/)
    }
    expect(await db.prisma.userPermission.count()).toBe(0)
  })

  it.each(['ana', 'clara', 'elena', 'dario'] as const)(
    '%s, who is no active employee, has no such page',
    async person => {
      const ana = await as('ana')
      expect((await ana.get(page(person))).status).toBe(404)
      expect((await ana.post(page(person), { vistos: '', 'tickets.crear': 'conceder' })).status).toBe(404)
    },
  )

  it('nothing at all is not saved', async () => {
    const answer = await choose('luis', {})
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('No cambió ningún permiso.')
  })
})

describe('of two who change the same permissions', () => {
  it.each(['', '/vista-previa'])('the second is told what changed and keeps his choices (%s)', async path => {
    const ana = await as('ana')
    const seen = seenBy((await ana.get(page('luis'))).body)
    await choose('luis', { 'tickets.comentar': 'denegar' })
    const answer = await ana.post(page('luis') + path, { vistos: seen, 'tickets.cancelar': 'conceder' })
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('«Escribir en la bitácora»: según el rol → denegar')
    expect(answer.body).toMatch(/name="tickets.cancelar"[^>]* value="conceder" checked/)
    expect((await viewer('luis')).permissions.has('tickets.cancelar')).toBe(false)
    const again = { vistos: seenBy(answer.body), 'tickets.cancelar': 'conceder' }
    expect((await ana.post(page('luis'), again)).status).toBe(303)
  })

  it('at the same instant one wins', async () => {
    const ana = await as('ana')
    const seen = seenBy((await ana.get(page('luis'))).body)
    const answers = await Promise.all(
      ['tickets.cancelar', 'tickets.crear'].map(code => ana.post(page('luis'), { vistos: seen, [code]: 'conceder' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(await db.prisma.userPermission.count()).toBe(1)
  })
})

describe('the list', () => {
  const listed = async (query: string) => {
    const { body } = await (await as('ana')).get(`/administracion/permisos${query}`)
    return [...body.matchAll(/class="ticket-link" href="\/administracion\/permisos\/\d+">([^<]+)</g)].map(
      ([, name]) => name,
    )
  }

  it('shows the active employees by name, and those that a filter leaves', async () => {
    const everybody = ['Luis Ibáñez', 'Mario Ortega', 'Marta Núñez', 'Pedro Gómez', 'Sara Peña']
    expect(await listed('')).toEqual(everybody)
    expect(await listed('?rol=supervisor')).toEqual(['Marta Núñez', 'Sara Peña'])
    expect(await listed(`?area=${cast.areas.mantenimiento}`)).toEqual(['Mario Ortega', 'Marta Núñez'])
    expect(await listed('?buscar=NUNEZ')).toEqual(['Marta Núñez'])
    expect(await listed('?buscar=pedro%40ejemplo')).toEqual(['Pedro Gómez'])
    await choose('mario', { 'tickets.crear': 'conceder' })
    expect(await listed('?permisos=personalizados')).toEqual(['Mario Ortega'])
    expect(await listed('?buscar=nadie')).toEqual([])
  })
})
