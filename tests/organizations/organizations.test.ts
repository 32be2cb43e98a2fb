import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'

const { as, cast, db } = await useApplication()

const LIST = '/administracion/organizaciones'

async function create(nombre: string) {
  const answer = await (await as('ana')).post(LIST, { nombre })
  const found = await db.prisma.organization.findFirst({ where: { name: nombre } })
  return { ...answer, id: found?.id ?? 0 }
}

const lastAudit = () => db.prisma.auditEntry.findFirst({ orderBy: { id: 'desc' } })

describe('an organisation', () => {
  it('is created, renamed and found, and the audit tells', async () => {
    const { id, status } = await create('Águilas del Norte')
    expect(status).toBe(303)
    expect(await lastAudit()).toMatchObject({ kind: 'organizacion.creada', subjectName: 'Águilas del Norte' })
    const ana = await as('ana')
    expect((await ana.post(`${LIST}/${id}`, { nombre: 'Águilas del Sur' })).status).toBe(303)
    expect(await lastAudit()).toMatchObject({
      kind: 'organizacion.modificada',
      changes: { name: ['Águilas del Norte', 'Águilas del Sur'] },
    })
    expect((await ana.get(`${LIST}?buscar=aguilas`)).body).toContain('Águilas del Sur')
    expect((await ana.get(`${LIST}?buscar=norte`)).body).toContain('Nada coincide')
  })

  it.each(['comercial leon', ' COMERCIAL   LEÓN '])('is not created twice, also not as "%s"', async name => {
    await create('Comercial León')
    const refused = await (await as('ana')).post(LIST, { nombre: name })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Ya existe una organización con este nombre')
  })

  it('takes its own name in other letters, but not that of another one', async () => {
    const { id } = await create('Cafe Central')
    await create('Otra')
    const ana = await as('ana')
    expect((await ana.post(`${LIST}/${id}`, { nombre: 'Café Central' })).status).toBe(303)
    expect((await ana.post(`${LIST}/${id}`, { nombre: 'otra' })).status).toBe(422)
  })

  it('of two created at once under one name one is left, and the other is told', async () => {
    const answers = await Promise.all([create('A la vez'), create('a la VEZ')])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  })

  it('is deleted only while nobody belongs to it, and says why', async () => {
    const { id } = await create('Transitoria')
    await db.prisma.user.update({ where: { id: cast.ids.clara }, data: { organizationId: id } })
    const ana = await as('ana')
    const used = await ana.get(`${LIST}/${id}`)
    expect(used.body).toContain('No se puede eliminar porque 1 persona pertenece a ella')
    expect(used.body).not.toContain('Eliminar la organización')
    const refused = await ana.post(`${LIST}/${id}/eliminacion`)
    expect(refused.status).toBe(403)
    expect(refused.body).toContain('1 persona pertenece')
    await db.prisma.user.update({ where: { id: cast.ids.clara }, data: { organizationId: null } })
    expect((await ana.get(`${LIST}/${id}`)).body).toContain('Eliminar la organización')
    expect((await ana.post(`${LIST}/${id}/eliminacion`)).status).toBe(303)
    expect((await ana.get(`${LIST}/${id}`)).status).toBe(404)
    expect(await lastAudit()).toMatchObject({ kind: 'organizacion.eliminada', subjectName: 'Transitoria' })
  })
})
