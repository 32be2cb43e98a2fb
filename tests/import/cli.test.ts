import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, vi } from 'vitest'
import { projectRoot } from '../../src/platform/root.ts'
import { useDatabase } from '../support/database.ts'
import { headerOfCases, line, mappingOfCases, useFolder } from './cases.ts'

const { db, url } = await useDatabase()
const folder = useFolder()
const map = folder.write('mapa.json', JSON.stringify(mappingOfCases))

/** Runs what `npm run import` runs, as if typed in the folder of the test. */
function start(words: string[], databaseUrl = url) {
  const environment = { ...process.env, DATABASE_URL: databaseUrl, INIT_CWD: folder.path('.') }
  const child = spawn(process.execPath, [join(projectRoot, 'scripts', 'run.mjs'), 'import', ...words], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code, signal], out, complaint]) => ({ code, signal, out, complaint }),
  )
  return { child, ended }
}

const run = (...words: string[]) => start(words).ended

async function loaded(origin: string): Promise<number> {
  const { rowCount } = await db.pool.query('SELECT FROM tickets WHERE origin_system = $1', [origin])
  return rowCount ?? 0
}

/** An import big enough to be stopped in the middle. */
function bigImport(origin: string) {
  const lines = Array.from({ length: 20_000 }, (_, at) => line(at, { persona: `P${at % 100}` }))
  const file = folder.write(`${origin}.csv`, [headerOfCases, ...lines])
  const words = [file, '--map', folder.write(`${origin}.json`, JSON.stringify({ ...mappingOfCases, origin }))]
  return { words, requests: lines.length }
}

/** Starts an import and ends it by a signal as soon as the first requests are there. */
async function interrupt(words: string[], origin: string, signal: NodeJS.Signals) {
  const { child, ended } = start(words)
  await vi.waitFor(async () => expect(await loaded(origin)).toBeGreaterThan(0), { timeout: 60_000, interval: 50 })
  child.kill(signal)
  return ended
}

describe('npm run import', { timeout: 120_000 }, () => {
  it('loads a file and says what it did', async () => {
    folder.write('casos.csv', [headerOfCases, line(1), line(2, { fecha: 'ayer' })])
    const { code, out } = await run('casos.csv', '--map', 'mapa.json')
    expect(code).toBe(0)
    expect(out).toContain('Importando casos.csv (origen: Mesa vieja)…')
    expect(out).toContain('Importación terminada.\n  Cargadas: 1\n  Ya estaban: 0\n  Rechazadas: 1 (en ')
    expect(existsSync(folder.path('casos.rechazos.csv'))).toBe(true)
  })

  it('explains itself', async () => {
    const { code, out } = await run('--help')
    expect([code, out]).toEqual([0, expect.stringContaining('--map       Mapa de columnas (JSON)')])
  })

  it.each<[string, string[], string]>([
    ['no file', ['--map', map], 'Indique un archivo CSV. Ayuda: npm run import -- --help'],
    ['no mapping', ['casos.csv'], 'Falta --map con el mapa de columnas. Ayuda: npm run import -- --help'],
    ['an unknown option', ['--mapa', map], 'No se entienden las opciones. Ayuda: npm run import -- --help'],
    ['a missing file', ['nada.csv', '--map', map], `El archivo ${folder.path('nada.csv')} no existe.`],
    [
      'a mapping of nothing',
      [map, '--map', folder.write('vacio.json', '[]')],
      'El mapa vacio.json no es válido: debe ser un objeto {…}.',
    ],
  ])('ends with 1 and one sentence for %s', async (_, words, sentence) => {
    expect(await run(...words)).toMatchObject({ code: 1, out: '', complaint: `${sentence}\n` })
  })

  it('ends with 1 and one sentence when there is no database', async () => {
    const file = folder.write('uno.csv', [headerOfCases, line(1)])
    const nobody = start([file, '--map', map], 'postgresql://tickets:x@127.0.0.1:1/tickets')
    const { code, complaint } = await nobody.ended
    expect(code).toBe(1)
    expect(complaint).toMatch(/^No se puede usar la base de datos .*\n$/)
    expect(complaint).not.toContain(':x@')
  })

  it('ends with 1 and one sentence when the database goes away in the middle', async () => {
    const { child, ended } = start(bigImport('caida').words)
    await vi.waitFor(async () => expect(await loaded('caida')).toBeGreaterThan(0), { timeout: 60_000, interval: 50 })
    const goAway = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`
    // Between two batches there is no connection to lose.
    const lost = () => db.pool.query(goAway).then(() => expect(child.exitCode).not.toBeNull())
    await vi.waitFor(lost, { timeout: 60_000, interval: 10 })
    expect(await ended).toMatchObject({
      code: 1,
      complaint: expect.stringContaining('La base de datos dejó de responder. Lo cargado queda guardado'),
    })
  })

  it('finishes the batch on Ctrl-C, ends with 130 and can be run again', async () => {
    const { words, requests } = bigImport('pausa')
    const stopped = await interrupt(words, 'pausa', 'SIGINT')
    expect(stopped).toMatchObject({
      code: 130,
      out: expect.stringContaining('Para continuar, ejecute el mismo comando'),
    })
    const before = await loaded('pausa')
    expect(before).toBeLessThan(requests)
    expect(before % 1000).toBe(0)
    expect((await run(...words)).code).toBe(0)
    expect(await loaded('pausa')).toBe(requests)
  })

  it('can be run again after it was killed', async () => {
    const { words, requests } = bigImport('corte')
    expect(await interrupt(words, 'corte', 'SIGKILL')).toMatchObject({ signal: 'SIGKILL' })
    expect(await loaded('corte')).toBeLessThan(requests)
    expect((await run(...words)).code).toBe(0)
    const { rows } = await db.pool.query(
      `SELECT count(*)::int AS tickets, count(e.id)::int AS entries, count(DISTINCT t.origin_reference)::int AS references
       FROM tickets t LEFT JOIN log_entries e ON e.ticket_number = t.number WHERE origin_system = 'corte'`,
    )
    expect(rows).toEqual([{ tickets: requests, entries: requests, references: requests }])
  })
})
