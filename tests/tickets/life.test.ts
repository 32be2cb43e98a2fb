import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'

const { as, cast, db, clock } = await useApplication()

async function register(subject: string): Promise<number> {
  const clara = await as('clara')
  const answer = await clara.post('/tickets', {
    area: cast.areas.sistemas,
    categoria: cast.categories.red,
    asunto: subject,
    descripcion: 'No hay red desde ayer.\r\nNi por cable.',
  })
  expect(answer.status).toBe(303)
  return Number(/\/mis-tickets\/(\d+)$/.exec(answer.location)?.[1])
}

const ticket = (number: number) => db.prisma.ticket.findUniqueOrThrow({ where: { number } })
const kinds = async (number: number) =>
  (await db.prisma.logEntry.findMany({ where: { ticketNumber: number }, orderBy: { id: 'asc' } })).map(
    ({ kind }) => kind,
  )

describe('the life of a ticket', () => {
  it('goes from Registrado to Finalizado, and back by reopening, with an entry for each step', async () => {
    const number = await register('La red no anda')
    expect(await ticket(number)).toMatchObject({
      status: 'REGISTRADO',
      priority: 'ALTA',
      description: 'No hay red desde ayer.\nNi por cable.',
      version: 1,
      createdAt: clock.now(),
    })
    const sara = await as('sara')
    const luis = await as('luis')
    const assigned = await sara.post(`/tickets/${number}/asignacion`, {
      version: 1,
      responsable: `persona:${cast.ids.luis}`,
      nota: 'Urge.',
    })
    expect(assigned).toMatchObject({ status: 303, location: `/tickets/${number}` })
    expect((await luis.post(`/tickets/${number}/inicio`, { version: 2 })).status).toBe(303)
    expect((await luis.post(`/tickets/${number}/bitacora`, { texto: 'Voy.', visibilidad: 'publica' })).status).toBe(303)
    expect(
      (await luis.post(`/tickets/${number}/finalizacion`, { version: 3, resolucion: 'Cable nuevo.' })).status,
    ).toBe(303)
    expect(await ticket(number)).toMatchObject({ status: 'FINALIZADO', version: 4, closedAt: clock.now() })
    expect((await sara.post(`/tickets/${number}/reapertura`, { version: 4, motivo: 'Volvió.' })).status).toBe(303)
    expect(await ticket(number)).toMatchObject({
      status: 'EN_PROCESO',
      assigneeId: cast.ids.luis,
      closedAt: null,
      reopenedCount: 1,
    })
    expect(await kinds(number)).toEqual([
      'CREACION',
      'ASIGNACION',
      'INICIO',
      'COMENTARIO',
      'FINALIZACION',
      'REAPERTURA',
    ])
  })

  it('ends for good when it is cancelled', async () => {
    const number = await register('Pedido por error')
    const ana = await as('ana')
    const clara = await as('clara')
    expect((await ana.post(`/tickets/${number}/cancelacion`, { version: 1, motivo: 'Repetido.' })).status).toBe(303)
    const attempts = [
      await ana.post(`/tickets/${number}/bitacora`, { texto: 'Algo más', visibilidad: 'interna' }),
      await clara.post(`/tickets/${number}/bitacora`, { texto: 'Gracias', visibilidad: 'publica' }),
      await ana.post(`/tickets/${number}/reapertura`, { version: 2, motivo: 'No' }),
      await ana.post(`/tickets/${number}/asignacion`, { version: 2, responsable: `persona:${cast.ids.luis}` }),
    ]
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403, 403])
    expect(attempts[0]?.body).toContain('registro histórico')
    expect(await kinds(number)).toEqual(['CREACION', 'CANCELACION'])
  })

  it('is started by the first entry of its responsible person, and by nobody else’s', async () => {
    const number = await register('Un comentario')
    const sara = await as('sara')
    await sara.post(`/tickets/${number}/asignacion`, { version: 1, responsable: `persona:${cast.ids.luis}` })
    await (await as('clara')).post(`/tickets/${number}/bitacora`, { texto: '¿Alguna noticia?' })
    await sara.post(`/tickets/${number}/bitacora`, { texto: 'Luis va.', visibilidad: 'publica' })
    expect((await ticket(number)).status).toBe('ASIGNADO')
    await (await as('luis')).post(`/tickets/${number}/bitacora`, { texto: 'Ya estoy.', visibilidad: 'interna' })
    expect((await ticket(number)).status).toBe('EN_PROCESO')
    expect((await kinds(number)).slice(-2)).toEqual(['INICIO', 'COMENTARIO'])
  })

  it('is not reopened by a comment of the requester', async () => {
    const number = await register('Gracias')
    const ana = await as('ana')
    await ana.post(`/tickets/${number}/asignacion`, { version: 1, responsable: `persona:${cast.ids.luis}` })
    await ana.post(`/tickets/${number}/finalizacion`, { version: 2, resolucion: 'Listo.' })
    expect((await (await as('clara')).post(`/tickets/${number}/bitacora`, { texto: 'Gracias' })).status).toBe(303)
    expect((await ticket(number)).status).toBe('FINALIZADO')
  })

  it('is given to a group, whose member becomes the responsible person by starting it', async () => {
    const number = await register('Para el grupo')
    await (await as('sara')).post(`/tickets/${number}/asignacion`, {
      version: 1,
      responsable: `grupo:${cast.groups.redes}`,
    })
    const pedro = await as('pedro')
    expect((await pedro.get('/asignados')).body).toContain('Para el grupo')
    expect((await pedro.post(`/tickets/${number}/inicio`, { version: 2 })).status).toBe(303)
    expect(await ticket(number)).toMatchObject({ assigneeId: cast.ids.pedro, assigneeGroupId: cast.groups.redes })
    const late = await (await as('luis')).post(`/tickets/${number}/inicio`, { version: 2 })
    expect(late.status).toBe(409)
    expect(late.body).toContain('Pedro Gómez inició la atención')
  })
})

describe('a stale form', () => {
  it('gets a page that tells what changed and keeps what was typed', async () => {
    const number = await register('Dos a la vez')
    await (await as('sara')).post(`/tickets/${number}/asignacion`, {
      version: 1,
      responsable: `persona:${cast.ids.luis}`,
    })
    const answer = await (await as('ana')).post(`/tickets/${number}/cancelacion`, {
      version: 1,
      motivo: 'Un motivo largo que nadie quiere escribir dos veces',
    })
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('Sara Peña asignó el ticket a Luis Ibáñez')
    expect(answer.body).toContain('Un motivo largo que nadie quiere escribir dos veces')
    expect(answer.body).toContain(`href="/tickets/${number}"`)
    expect((await ticket(number)).status).toBe('ASIGNADO')
  })

  it('of several people at once: one wins, the others are told', async () => {
    const number = await register('Carrera')
    const people = [await as('ana'), await as('sara')]
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, turn) =>
        people[turn % 2]?.post(`/tickets/${number}/asignacion`, {
          version: 1,
          responsable: `persona:${turn % 2 ? cast.ids.luis : cast.ids.pedro}`,
        }),
      ),
    )
    const statuses = answers.map(answer => answer?.status).sort()
    expect(statuses).toEqual([303, ...Array(9).fill(409)])
    expect(await kinds(number)).toEqual(['CREACION', 'ASIGNACION'])
  })
})

describe('assigning', () => {
  it.each([
    ['an agent of another area', () => `persona:${cast.ids.mario}`],
    ['somebody inactive', () => `persona:${cast.ids.dario}`],
    ['a requester', () => `persona:${cast.ids.clara}`],
    ['a group of another area', () => `grupo:${cast.groups.obras}`],
    ['nobody', () => ''],
    ['something else', () => 'persona:0'],
  ])('to %s is refused at the field and keeps the note', async (_who, owner) => {
    const number = await register('Asignación ilegal')
    const answer = await (await as('sara')).post(`/tickets/${number}/asignacion`, {
      version: 1,
      responsable: owner(),
      nota: 'Mi nota',
    })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatch(/Elija una persona/)
    expect(answer.body).toContain('Mi nota')
    expect((await ticket(number)).status).toBe('REGISTRADO')
  })

  it('to the present owner is refused', async () => {
    const number = await register('El mismo')
    const sara = await as('sara')
    const responsable = `persona:${cast.ids.luis}`
    await sara.post(`/tickets/${number}/asignacion`, { version: 1, responsable })
    const again = await sara.post(`/tickets/${number}/asignacion`, { version: 2, responsable })
    expect(again.status).toBe(422)
    expect(again.body).toContain('Ya es responsable')
  })

  it('again from En Proceso goes back to Asignado with the other owner', async () => {
    const number = await register('De uno a otro')
    const sara = await as('sara')
    await sara.post(`/tickets/${number}/asignacion`, { version: 1, responsable: `persona:${cast.ids.luis}` })
    await (await as('luis')).post(`/tickets/${number}/inicio`, { version: 2 })
    await sara.post(`/tickets/${number}/asignacion`, { version: 3, responsable: `persona:${cast.ids.pedro}` })
    expect(await ticket(number)).toMatchObject({ status: 'ASIGNADO', assigneeId: cast.ids.pedro, version: 4 })
    expect((await (await as('luis')).post(`/tickets/${number}/bitacora`, { texto: 'Adiós' })).status).toBe(403)
  })
})

describe('reopening', () => {
  async function finished(by = cast.ids.pedro) {
    const number = await register('Para reabrir')
    const sara = await as('sara')
    await sara.post(`/tickets/${number}/asignacion`, { version: 1, responsable: `persona:${by}` })
    await sara.post(`/tickets/${number}/finalizacion`, { version: 2, resolucion: 'Hecho' })
    return number
  }

  it('by the requester is possible within the days of the settings, and not after', async () => {
    const number = await finished()
    const clara = await as('clara')
    clock.advance({ days: 8 })
    const late = await clara.post(`/tickets/${number}/reapertura`, { version: 3, motivo: 'Sigue' })
    expect(late.status).toBe(403)
    expect(late.body).toContain('El plazo para reabrir este ticket terminó')
    const other = await finished()
    clock.advance({ days: 6 })
    expect((await clara.post(`/tickets/${other}/reapertura`, { version: 3, motivo: 'Sigue' })).status).toBe(303)
    expect(await ticket(other)).toMatchObject({ status: 'EN_PROCESO', assigneeId: cast.ids.pedro })
  })

  it('asks for an owner when the last one is no longer there, and gives it to a supervisor when a requester reopens', async () => {
    const { id } = await db.prisma.user.create({
      data: { name: 'Rosa Gil', email: 'rosa@ejemplo.test', role: 'AGENTE' },
    })
    await db.prisma.areaMember.create({ data: { areaId: cast.areas.sistemas, userId: id } })
    const [byStaff, byRequester] = [await finished(id), await finished(id)]
    await db.prisma.user.update({ where: { id }, data: { active: false } })
    const sara = await as('sara')
    const asked = await sara.post(`/tickets/${byStaff}/reapertura`, { version: 3, motivo: 'Otra vez' })
    expect(asked.status).toBe(422)
    expect(asked.body).toContain('elija quién continúa')
    const responsable = `persona:${cast.ids.luis}`
    expect(
      (await sara.post(`/tickets/${byStaff}/reapertura`, { version: 3, motivo: 'Otra vez', responsable })).status,
    ).toBe(303)
    await (await as('clara')).post(`/tickets/${byRequester}/reapertura`, { version: 3, motivo: 'Otra vez' })
    expect(await ticket(byRequester)).toMatchObject({ status: 'EN_PROCESO', assigneeId: cast.ids.sara })
  })
})

describe('a new ticket', () => {
  const valid = () => ({
    area: cast.areas.sistemas,
    categoria: cast.categories.red,
    asunto: 'Asunto',
    descripcion: 'Descripción',
  })

  it.each([
    ['without a subject', { asunto: '  ' }, 'Escriba el asunto'],
    ['with a subject of 151 characters', { asunto: 'x'.repeat(151) }, 'como máximo 150'],
    ['without a description', { descripcion: '\u200b' }, 'Describa lo que pasa'],
    ['with a subject of joiners alone', { asunto: '\u200d\u200c' }, 'Escriba el asunto'],
    [
      'with a description of letters that are drawn as nothing',
      { descripcion: '\u3164 \ufe0f' },
      'Describa lo que pasa',
    ],
    ['with a category of another area', { categoria: () => cast.categories.techo }, 'Elija una categoría'],
    ['with a category for employees, by a client', { categoria: () => cast.categories.equipo }, 'Elija una categoría'],
    ['with a key that the form does not have', { status: 'FINALIZADO' }, 'datos que esta página no espera'],
  ])('%s is refused and keeps what was typed', async (_what, wrong, message) => {
    const fields = Object.fromEntries(
      Object.entries(wrong).map(([name, value]) => [name, typeof value === 'function' ? value() : value]),
    )
    const before = await db.prisma.ticket.count()
    const answer = await (await as('clara')).post('/tickets', { ...valid(), ...fields })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect(answer.body).toContain(fields.descripcion ? 'Asunto' : 'Descripción')
    expect(await db.prisma.ticket.count()).toBe(before)
  })

  it('takes 150 characters however many code units they have, and shows HTML as text', async () => {
    const subject = `<b>${'🛠'.repeat(143)}</b>`
    const answer = await (await as('elena')).post('/tickets', { ...valid(), asunto: subject })
    expect(answer.status).toBe(303)
    const page = await (await as('elena')).get(answer.location)
    expect(page.body).toContain('&lt;b&gt;🛠')
    expect(page.body).not.toContain('<b>🛠')
  })
})
