import { describe, expect, it } from 'vitest'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { closeTicket } from '../../src/tickets/actions/close.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { startTicket } from '../../src/tickets/actions/start.ts'
import { useApplication } from '../support/application.ts'

const { as, cast, clock, db, viewer } = await useApplication()
const context = { db, clock }
const [ana, clara, luis] = [await viewer('ana'), await viewer('clara'), await viewer('luis')]
const sistemas = { area: cast.areas.sistemas, categoria: cast.categories.red, prioridad: 'ALTA', asunto: 'Sin red' }
const mantenimiento = { ...sistemas, area: cast.areas.mantenimiento, categoria: cast.categories.techo }

type Status = 'REGISTRADO' | 'ASIGNADO' | 'EN_PROCESO' | 'FINALIZADO'

/** A ticket of Clara in Sistemas; its owner, if any, is Luis. */
async function ticketIn(status: Status) {
  const input = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'Sin red', description: 'x' }
  const number = await createTicket(context, clara, input)
  const owner = { assigneeId: cast.ids.luis, assigneeGroupId: null }
  if (status !== 'REGISTRADO') await assignTicket(context, ana, number, { version: 1, owner, note: '' })
  if (status === 'EN_PROCESO') await startTicket(context, luis, number, 2)
  if (status === 'FINALIZADO') await closeTicket(context, ana, number, { action: 'finalizar', version: 2, text: 'Ya' })
  const { version } = await ticket(number)
  return { number, version, path: `/tickets/${number}/clasificacion` }
}

const ticket = (number: number) => db.prisma.ticket.findUniqueOrThrow({ where: { number } })
const lastEntries = async (number: number, count: number) =>
  (await db.prisma.logEntry.findMany({ where: { ticketNumber: number }, orderBy: { seq: 'asc' } })).slice(-count)

describe('reclassifying within the area', () => {
  it('changes category, priority and subject, keeps owner and state, and says before and after', async () => {
    const { number, version, path } = await ticketIn('EN_PROCESO')
    await db.prisma.user.update({ where: { id: cast.ids.clara }, data: { kind: 'EMPLEADO' } })
    const form = { ...sistemas, version, categoria: cast.categories.equipo, prioridad: 'URGENTE', asunto: 'Otro cable' }
    clock.advance({ minutes: 5 })
    const answer = await (await as('sara')).post(path, form)
    await db.prisma.user.update({ where: { id: cast.ids.clara }, data: { kind: 'CLIENTE' } })
    expect(answer).toMatchObject({ status: 303, location: `/tickets/${number}` })
    expect(await ticket(number)).toMatchObject({
      ...{ status: 'EN_PROCESO', assigneeId: cast.ids.luis, version: version + 1 },
      ...{ categoryId: cast.categories.equipo, priority: 'URGENTE', subject: 'Otro cable' },
      lastActivityAt: clock.now(),
    })
    expect(await lastEntries(number, 1)).toMatchObject([
      {
        kind: 'RECLASIFICACION',
        authorId: cast.ids.sara,
        ticketVersion: version + 1,
        changes: {
          categoryId: [cast.categories.red, cast.categories.equipo],
          priority: ['ALTA', 'URGENTE'],
          subject: ['Sin red', 'Otro cable'],
        },
      },
    ])
    const page = (await (await as('clara')).get(`/mis-tickets/${number}`)).body
    expect(page).toContain('Sara Peña</strong> reclasificó el ticket')
    for (const line of [
      'Categoría: Sin red → Equipo nuevo',
      'Prioridad: Alta → Urgente',
      'Asunto: Sin red → Otro cable',
    ]) {
      expect(page).toContain(`<li>${line}</li>`)
    }
    expect(page).not.toContain('Área: ')
  })

  it.each([
    ['nothing else than it was', {}, 'No cambió nada'],
    ['a category for employees, for a client', { categoria: cast.categories.equipo }, 'Elija una categoría'],
    ['a category of another area', { categoria: cast.categories.techo }, 'Elija una categoría'],
    ['an empty subject', { asunto: ' ' }, 'Escriba el asunto'],
    ['another priority than there is', { prioridad: 'SUMA' }, 'Elija la prioridad'],
    [
      'an owner, whom only assigning changes',
      { asunto: 'y', responsable: `persona:${cast.ids.pedro}` },
      'se cambia con',
    ],
    ['a key that the form does not have', { status: 'FINALIZADO' }, 'datos que esta página no espera'],
  ])('refuses %s', async (_what, wrong, message) => {
    const { number, version, path } = await ticketIn('ASIGNADO')
    const answer = await (await as('sara')).post(path, { ...sistemas, version, ...wrong })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect(await ticket(number)).toMatchObject({ version, categoryId: cast.categories.red, subject: 'Sin red' })
  })

  it('lets a category stay that is no longer offered', async () => {
    const { number, version, path } = await ticketIn('ASIGNADO')
    await db.prisma.category.update({ where: { id: cast.categories.red }, data: { active: false } })
    const sara = await as('sara')
    expect((await sara.get(path)).body).toMatch(/<option value="\d+" selected>Sin red</)
    const answer = await sara.post(path, { ...sistemas, version, prioridad: 'BAJA' })
    await db.prisma.category.update({ where: { id: cast.categories.red }, data: { active: true } })
    expect(answer.status).toBe(303)
    expect(await ticket(number)).toMatchObject({ priority: 'BAJA' })
  })

  it('is not possible once the ticket is finished, not even for an administrator', async () => {
    const { version, path } = await ticketIn('FINALIZADO')
    const answer = await (await as('ana')).post(path, { ...sistemas, version, asunto: 'y' })
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('El ticket ya está finalizado.')
  })

  it('is not possible for a supervisor who was denied it', async () => {
    const { number, version, path } = await ticketIn('ASIGNADO')
    const denial = { userId: cast.ids.sara, permission: 'tickets.reclasificar' }
    await db.prisma.userPermission.create({ data: { ...denial, effect: 'DENEGAR' } })
    const sara = await as('sara')
    const [answer, page] = [
      await sara.post(path, { ...sistemas, version, asunto: 'y' }),
      await sara.get(`/tickets/${number}`),
    ]
    await db.prisma.userPermission.delete({ where: { userId_permission: denial } })
    expect(answer.status).toBe(403)
    expect(page.body).toMatch(/aria-disabled="true" aria-describedby="motivo-reclasificar"/)
    expect(page.body).toContain('Su cuenta no puede reclasificar tickets.')
  })
})

describe('moving to another area', () => {
  it('leaves a registered ticket without an owner, and leads a supervisor of the first area to the list', async () => {
    const { number, version, path } = await ticketIn('REGISTRADO')
    const sara = await as('sara')
    expect(await sara.post(path, { ...mantenimiento, version })).toMatchObject({ status: 303, location: '/tickets' })
    const list = (await sara.get('/tickets')).body
    expect(list).toContain(`Ticket #${number} reclasificado. Ahora lo atiende otra área.`)
    expect((await sara.get(`/tickets/${number}`)).status).toBe(404)
    expect(await ticket(number)).toMatchObject({ status: 'REGISTRADO', assigneeId: null, assigneeGroupId: null })
    expect((await (await as('marta')).get(`/tickets/${number}`)).body).toContain('Área: Sistemas → Mantenimiento')
    expect(await lastEntries(number, 1)).toMatchObject([{ kind: 'RECLASIFICACION' }])
  })

  it.each(['ASIGNADO', 'EN_PROCESO'] as const)('assigns a ticket that was %s anew, in the same step', async status => {
    const { number, version, path } = await ticketIn(status)
    const answer = await (await as('ana')).post(path, {
      ...mantenimiento,
      version,
      responsable: `grupo:${cast.groups.obras}`,
    })
    expect(answer).toMatchObject({ status: 303, location: `/tickets/${number}` })
    expect(await ticket(number)).toMatchObject({
      ...{ areaId: cast.areas.mantenimiento, status: 'ASIGNADO', version: version + 1 },
      ...{ assigneeId: null, assigneeGroupId: cast.groups.obras },
    })
    expect(await lastEntries(number, 2)).toMatchObject([
      { kind: 'RECLASIFICACION', ticketVersion: version + 1 },
      {
        kind: 'ASIGNACION',
        ticketVersion: version + 1,
        changes: {
          ...(status === 'EN_PROCESO' && { status: ['EN_PROCESO', 'ASIGNADO'] }),
          assigneeId: [cast.ids.luis, null],
          assigneeGroupId: [null, cast.groups.obras],
        },
      },
    ])
    expect((await (await as('mario')).get('/asignados')).body).toContain(`/tickets/${number}"`)
    // He keeps seeing what he has worked on.
    const known = status === 'EN_PROCESO'
    expect((await (await as('luis')).get(`/tickets/${number}`)).status).toBe(known ? 200 : 404)
  })

  it.each([
    ['nobody', ''],
    ['somebody of the old area', `persona:${cast.ids.pedro}`],
    ['a group of the old area', `grupo:${cast.groups.redes}`],
  ])('with an owner is refused when it gets %s, and offers who may', async (_who, responsable) => {
    const { number, version, path } = await ticketIn('EN_PROCESO')
    const answer = await (await as('sara')).post(path, { ...mantenimiento, version, responsable, asunto: 'Con gotera' })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatch(
      /aria-invalid="true"[^>]*aria-describedby="campo-responsable-ayuda campo-responsable-error"/,
    )
    expect(answer.body).toContain(`value="persona:${cast.ids.mario}"`)
    expect(answer.body).toContain('value="Con gotera"')
    expect(await ticket(number)).toMatchObject({ areaId: cast.areas.sistemas, status: 'EN_PROCESO', version })
  })

  it('first shows the categories and owners of the area that was chosen, and keeps what was typed', async () => {
    const { number, version, path } = await ticketIn('ASIGNADO')
    const typed = { ...sistemas, version, area: cast.areas.mantenimiento, prioridad: 'BAJA', asunto: 'A medias' }
    const { status, body } = await (await as('sara')).post(`${path}/opciones`, typed)
    expect(status).toBe(200)
    expect(body).toContain(`<option value="${cast.areas.mantenimiento}" selected>Mantenimiento`)
    expect(body).toContain('Gotera')
    expect(body).not.toContain('>Sin red</option>')
    expect(body).toContain('Responsable en Mantenimiento')
    expect(body).toContain('value="A medias"')
    expect(body).toContain('<option value="BAJA" selected>')
    expect(await ticket(number)).toMatchObject({ version })
  })
})

describe('a stale form', () => {
  it('is shown again as it was typed, with what changed, and can then be sent', async () => {
    const { number, version, path } = await ticketIn('ASIGNADO')
    await (await as('ana')).post(path, { ...sistemas, version, prioridad: 'URGENTE' })
    const sara = await as('sara')
    const stale = await sara.post(path, { ...sistemas, version, asunto: 'Lo mío' })
    expect(stale.status).toBe(409)
    expect(stale.body).toContain('Ana Ruiz reclasificó el ticket (Prioridad: Alta → Urgente)')
    expect(stale.body).toContain('value="Lo mío"')
    expect(stale.body).toContain(`name="version" value="${version + 1}"`)
    expect((await sara.post(path, { ...sistemas, version: version + 1, asunto: 'Lo mío' })).status).toBe(303)
    expect(await ticket(number)).toMatchObject({ subject: 'Lo mío', version: version + 2 })
  })

  it('of a ticket that was finished meanwhile says so', async () => {
    const { number, version, path } = await ticketIn('ASIGNADO')
    await (await as('ana')).post(`/tickets/${number}/finalizacion`, { version, resolucion: 'Hecho' })
    const answer = await (await as('sara')).post(path, { ...sistemas, version, asunto: 'Tarde' })
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('Ana Ruiz finalizó el ticket')
    expect(answer.body).toContain('Tarde')
  })
})
