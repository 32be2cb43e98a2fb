import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { killPostgres, postgresPid } from '../support/packaged-app.ts'
import { useProcesses } from '../support/processes.ts'

const { run, folder } = useProcesses()
const data = join(folder, 'data')
afterAll(() => killPostgres(data))

describe('a start that cannot succeed says why in one sentence and exits with 1', () => {
  const expectComplaint = async (environment: Record<string, string>, sentence: RegExp) => {
    const application = run(environment)
    expect(await application.ended()).toBe(1)
    expect(application.complaints().trim().split('\n')).toEqual([expect.stringMatching(sentence)])
  }
  const url = (change: (url: URL) => void) => {
    const changed = new URL(inject('postgres').adminUrl)
    change(changed)
    return { DATABASE_URL: changed.href }
  }

  it('when the port is taken, before touching the database', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const untouched = join(folder, 'data-untouched')
    await expectComplaint({ PORT: String(port), DATA_DIR: untouched }, /^El puerto \d+ de 127\.0\.0\.1 está ocupado;/)
    expect(() => readFileSync(untouched)).toThrow('ENOENT')
    other.close()
  })

  it('when the database cannot be reached', () =>
    expectComplaint(
      { DATABASE_URL: 'postgresql://ana:secreta@127.0.0.1:1/tickets' },
      /^No se puede usar la base de datos de DATABASE_URL en 127\.0\.0\.1:1 \(ECONNREFUSED\)/,
    ))

  it('when the password of the database is wrong', () =>
    expectComplaint(
      url(changed => {
        changed.password = 'adivinada'
      }),
      /no acepta el usuario o la contraseña de DATABASE_URL/,
    ))

  it('when the database does not exist', () =>
    expectComplaint(
      url(changed => {
        changed.pathname = 'ninguna'
      }),
      /no existe la base de datos ninguna/,
    ))

  it('when the data folder cannot be written', () =>
    expectComplaint({ DATA_DIR: 'package.json/data' }, /^No se puede escribir en la carpeta de datos \S+package\.json/))

  it('when the configuration is wrong, all of it', () =>
    expectComplaint({ PORT: 'x', TIME_ZONE: 'Marte' }, /^Configuración no válida: PORT .*; TIME_ZONE /))

  it('when a demonstration is asked to listen for other machines', () =>
    expectComplaint({ HOST: '0.0.0.0' }, /HOST no puede ser 0\.0\.0\.0 en modo de demostración/))

  it('when a migration fails', async () => {
    const broken = join(folder, 'prisma', 'migrations', '99999999999999_break')
    mkdirSync(broken)
    writeFileSync(join(broken, 'migration.sql'), 'SELECT nothing_such()')
    await expectComplaint({}, /^La migración 99999999999999_break falló y no se aplicó: .*nothing_such/)
    rmSync(broken, { recursive: true })
    expect(postgresPid(data)).toBeUndefined()
  })
})
