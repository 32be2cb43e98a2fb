import { afterEach, describe, expect, it } from 'vitest'
import { signIn, useApplication } from '../support/application.ts'
import { emailOf, PASSWORD } from '../support/cast.ts'

// What the audit tells of signing in and out.

const { anonymous, cast, db } = await useApplication()

let seen = 0
/** The entries since the last time that it was asked. */
async function news() {
  const entries = await db.prisma.auditEntry.findMany({ where: { id: { gt: seen } }, orderBy: { id: 'asc' } })
  seen = entries.at(-1)?.id ?? seen
  return entries
}
const attempt = (correo: string, clave: string) => anonymous().post('/ingresar', { correo, clave })

afterEach(async () => {
  await db.prisma.signInAttempt.deleteMany()
  await news()
})

describe('the audit', () => {
  it('tells who signed in and out, and from where', async () => {
    const ana = await signIn(anonymous(), 'ana')
    await ana.post('/salir')
    const own = { actorId: cast.ids.ana, address: '127.0.0.1', subjectId: cast.ids.ana, subjectName: 'Ana Ruiz' }
    expect(await news()).toMatchObject([
      { kind: 'ingreso.correcto', ...own },
      { kind: 'salida', ...own },
    ])
  })

  it.each(['sara', 'dario'] as const)('tells a failed sign-in of a person who is known: %s', async who => {
    await attempt(emailOf(who), 'otra clave')
    expect(await news()).toMatchObject([{ kind: 'ingreso.fallido', actorId: null, subjectId: cast.ids[who] }])
  })

  it('keeps nothing of what was typed for somebody unknown, who may have typed his password', async () => {
    await attempt('mi-clave-secreta', 'otra')
    const entries = await news()
    expect(entries).toMatchObject([{ kind: 'ingreso.fallido', subjectType: null, subjectId: null, subjectName: null }])
    expect(JSON.stringify(entries)).not.toContain('secreta')
  })

  it('tells a lock once, when it begins', async () => {
    for (let turn = 0; turn < 9; turn++) await attempt(emailOf('luis'), 'otra clave')
    await attempt(emailOf('luis'), PASSWORD)
    const kinds = (await news()).map(({ kind }) => kind)
    expect(kinds).toEqual([...Array(5).fill('ingreso.fallido'), 'ingreso.bloqueado'])
  })

  it('tells no lock when the last attempt before it succeeds', async () => {
    for (let turn = 0; turn < 4; turn++) await attempt(emailOf('luis'), 'otra clave')
    expect((await attempt(emailOf('luis'), PASSWORD)).status).toBe(303)
    expect((await news()).map(({ kind }) => kind)).not.toContain('ingreso.bloqueado')
  })
})
