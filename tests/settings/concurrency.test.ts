import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'

const { db, as, cast } = await useApplication()
const PAGE = '/administracion/ajustes'
await db.prisma.user.update({ where: { id: cast.ids.sara }, data: { role: 'ADMINISTRADOR' } })
const [ana, sara] = [await as('ana'), await as('sara')]

async function versionOf(section: string): Promise<string> {
  const { body } = await ana.get(PAGE)
  const form = new RegExp(`action="${PAGE}/${section}"[\\s\\S]*?</form>`).exec(body)?.[0] ?? ''
  return /name="version" value="([^"]*)"/.exec(form)?.[1] ?? ''
}

const texts = (version: string, bienvenida: string) => ({ version, bienvenida, ayuda: 'Llame' })
const settings = () => db.prisma.settings.findFirstOrThrow()

describe('two administrators', () => {
  it('of one section: the second sees what changed, keeps what he typed and may insist', async () => {
    const version = await versionOf('ingreso')
    expect((await ana.post(`${PAGE}/ingreso`, texts(version, 'Primera'))).status).toBe(303)
    const late = await sara.post(`${PAGE}/ingreso`, texts(version, 'Segunda'))
    expect(late.status).toBe(409)
    expect(late.body).toContain('Ana Ruiz cambió estos ajustes mientras usted los editaba.')
    expect(late.body).toContain('Bienvenida: «Primera»')
    expect(late.body).toMatch(/<textarea[^>]*name="bienvenida"[^>]*>\nSegunda</)
    expect(late.body).toContain('Guardar de todos modos')
    expect((await settings()).welcomeText).toBe('Primera')
    const fresh = /action="\/administracion\/ajustes\/ingreso"[\s\S]*?name="version" value="([^"]*)"/.exec(
      late.body,
    )?.[1]
    expect((await sara.post(`${PAGE}/ingreso`, texts(fresh ?? '', 'Segunda'))).status).toBe(303)
    expect((await settings()).welcomeText).toBe('Segunda')
  })

  it('of different sections do not hinder each other', async () => {
    const [tickets, version] = [await versionOf('tickets'), await versionOf('ingreso')]
    expect((await ana.post(`${PAGE}/tickets`, { version: tickets, dias: '9' })).status).toBe(303)
    expect((await sara.post(`${PAGE}/ingreso`, texts(version, 'Otra'))).status).toBe(303)
  })

  it('at the same instant: one wins', async () => {
    const version = await versionOf('ingreso')
    const send = (client: typeof ana, text: string) => client.post(`${PAGE}/ingreso`, texts(version, text))
    const answers = await Promise.all([send(ana, 'Uno'), send(sara, 'Dos'), send(ana, 'Tres'), send(sara, 'Cuatro')])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409])
  })
})

describe('the audit', () => {
  it('tells who changed what, before and after, and nothing when nothing changed', async () => {
    const entries = () =>
      db.prisma.auditEntry.findMany({ where: { kind: 'ajustes.modificados' }, orderBy: { id: 'asc' } })
    const known = (await entries()).length
    const version = await versionOf('tickets')
    await sara.post(`${PAGE}/tickets`, { version, dias: '12' })
    expect((await entries()).slice(known)).toMatchObject([
      { actorId: cast.ids.sara, address: '127.0.0.1', subjectType: 'ajustes', changes: { reopenDays: [9, 12] } },
    ])
    await sara.post(`${PAGE}/tickets`, { version: await versionOf('tickets'), dias: '12' })
    expect((await sara.get(PAGE)).body).toContain('No había nada que cambiar.')
    expect(await entries()).toHaveLength(known + 1)
  })
})
