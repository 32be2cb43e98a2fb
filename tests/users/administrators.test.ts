import { describe, expect, it } from 'vitest'
import { signIn, useApplication } from '../support/application.ts'
import { editThrough, formOf, personPath } from './pages.ts'

const application = await useApplication()
const { anonymous, cast, db } = application
const ana = await signIn(anonymous(), 'ana')

const administrators = () =>
  db.prisma.user.findMany({ where: { role: 'ADMINISTRADOR', active: true }, select: { id: true } })
const promote = () => db.prisma.user.update({ where: { id: cast.ids.sara }, data: { role: 'ADMINISTRADOR' } })

describe('the last active Administrador', () => {
  it.each([
    ['be demoted', `UPDATE users SET role = 'AGENTE' WHERE role = 'ADMINISTRADOR'`],
    ['be deactivated', 'UPDATE users SET active = false'],
  ])('cannot %s, whoever tries', async (_what, statement) => {
    await expect(db.pool.query(statement)).rejects.toMatchObject({ code: 'TS010' })
  })

  it('cannot be deleted either', async () => {
    const eva = { name: 'Eva', email: 'eva@ejemplo.test', role: 'ADMINISTRADOR' as const }
    const { id } = await db.prisma.user.create({ data: eva })
    await db.prisma.user.update({ where: { id: cast.ids.ana }, data: { role: 'AGENTE' } })
    await expect(db.pool.query('DELETE FROM users WHERE id = $1', [id])).rejects.toMatchObject({ code: 'TS010' })
    await db.prisma.user.update({ where: { id: cast.ids.ana }, data: { role: 'ADMINISTRADOR' } })
    await db.prisma.user.delete({ where: { id } })
  })

  it('changes neither his role nor his own activity', async () => {
    const path = personPath(application, 'ana')
    expect((await editThrough(ana, path, { rol: 'AGENTE' })).status).toBe(422)
    expect((await ana.get(`${path}/desactivacion`)).status).toBe(403)
    expect((await ana.post(`${path}/desactivacion`, { visto: 'x'.repeat(43) })).status).toBe(403)
    expect(await administrators()).toEqual([{ id: cast.ids.ana }])
  })
})

describe('two who take each other’s role away at once', () => {
  it.each(['degradan', 'desactivan'])('leave one Administrador when they %s each other', async how => {
    await promote()
    await db.prisma.user.updateMany({
      where: { id: { in: [cast.ids.ana, cast.ids.sara] } },
      data: { active: true, role: 'ADMINISTRADOR' },
    })
    const clients = [await signIn(anonymous(), 'ana'), await signIn(anonymous(), 'sara')] as const
    const paths = [personPath(application, 'sara'), personPath(application, 'ana')] as const
    const suffix = how === 'degradan' ? '' : '/desactivacion'
    const forms = await Promise.all(
      paths.map(async (path, at) => formOf(await (clients[at] ?? clients[0]).get(path + suffix), path + suffix)),
    )
    const change = how === 'degradan' ? { rol: 'AGENTE' } : {}
    const answers = await Promise.all(
      clients.map((client, at) => client.post(paths[at] + suffix, { ...forms[at], ...change })),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    // The second finds that he may no longer do it, or that his own session is gone.
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 403])
    expect(await administrators()).toHaveLength(1)
  })

  it('the database alone keeps one, too', async () => {
    await db.prisma.user.updateMany({
      where: { id: { in: [cast.ids.ana, cast.ids.sara] } },
      data: { active: true, role: 'ADMINISTRADOR' },
    })
    const demote = (id: number) => db.pool.query(`UPDATE users SET role = 'AGENTE' WHERE id = $1`, [id])
    const outcomes = await Promise.allSettled([demote(cast.ids.ana), demote(cast.ids.sara)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await administrators()).toHaveLength(1)
  })
})
