import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadConfig } from '../src/config.ts'
import { help } from '../src/import/help.ts'
import { importRequests } from '../src/import/import.ts'
import { readMapping } from '../src/import/mapping.ts'
import { showProgress } from '../src/import/progress.ts'
import { ImportRefused } from '../src/import/refused.ts'
import { inspectSource } from '../src/import/source.ts'
import { describeSummary } from '../src/import/summary.ts'
import { systemClock } from '../src/platform/clock.ts'
import { connect, type Database } from '../src/platform/db.ts'
import { migrate } from '../src/platform/migrate.ts'
import { startEmbeddedPostgres } from '../src/platform/postgres.ts'
import { errorCode, StartFailure } from '../src/platform/start-failure.ts'

/** Exit code of a program that Ctrl-C ended. */
const interruptedCode = 130
const seeHelp = 'Ayuda: npm run import -- --help'

process.exitCode = await main(process.argv.slice(2)).catch(explain)

async function main(words: string[]): Promise<number> {
  const { file, map, rejects, wantsHelp } = readArguments(words)
  if (wantsHelp) {
    console.log(help)
    return 0
  }
  const mapping = await readMapping(map)
  await inspectSource(file)
  return await withDatabase(async db => {
    console.log(`Importando ${basename(file)} (origen: ${mapping.origin})…`)
    const progress = showProgress(process.stderr)
    const options = { db, file, mapping, rejects, clock: systemClock, signal: stopSignal() }
    const summary = await importRequests({ ...options, onProgress: progress.update }).finally(progress.stop)
    console.log(describeSummary(summary))
    return summary.interrupted ? interruptedCode : 0
  })
}

function readArguments(words: string[]) {
  const options = { map: { type: 'string' }, rejects: { type: 'string' }, help: { type: 'boolean' } } as const
  const { values, positionals } = parse(() => parseArgs({ args: words, options, allowPositionals: true }))
  const [file, ...more] = positionals
  const wantsHelp = values.help ?? false
  if (!wantsHelp && (file === undefined || more.length > 0))
    throw new ImportRefused(`Indique un archivo CSV. ${seeHelp}`)
  if (!wantsHelp && !values.map) throw new ImportRefused(`Falta --map con el mapa de columnas. ${seeHelp}`)
  // npm starts scripts in the project's folder; the person typed the paths in another one.
  const folder = process.env.INIT_CWD ?? process.cwd()
  const name = basename(file ?? '').replace(/(\.csv)?(\.gz)?$/i, '')
  return {
    file: resolve(folder, file ?? ''),
    map: resolve(folder, values.map ?? ''),
    rejects: resolve(folder, values.rejects ?? `${name}.rechazos.csv`),
    wantsHelp,
  }
}

function parse<T>(read: () => T): T {
  try {
    return read()
  } catch {
    throw new ImportRefused(`No se entienden las opciones. ${seeHelp}`)
  }
}

/** The first Ctrl-C lets the batch that is being loaded finish; the second leaves at once, and the database undoes it. */
function stopSignal(): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(interruptedCode)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}

async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const config = loadConfig()
  const embedded = config.databaseUrl
    ? null
    : await startEmbeddedPostgres({ directory: join(config.dataDirectory, 'postgres') })
  const url = config.databaseUrl ?? embedded?.url ?? ''
  try {
    await migrate(url).catch(refuseDatabase)
    const db = connect(url, 2)
    return await work(db).finally(() => db.close())
  } finally {
    await embedded?.stop()
  }
}

function refuseDatabase(error: unknown): never {
  if (error instanceof StartFailure) throw error
  const detail = errorCode(error) ?? (error as Error).message
  throw new StartFailure(
    `No se puede usar la base de datos (${detail}); compruebe DATABASE_URL y que PostgreSQL esté en marcha.`,
  )
}

function explain(error: unknown): number {
  if (error instanceof ImportRefused || error instanceof StartFailure) console.error(error.message)
  else if (isDatabaseGone(error)) {
    console.error('La base de datos dejó de responder. Lo cargado queda guardado: ejecute después el mismo comando.')
  } else console.error('La importación se detuvo por un error del programa:', error)
  return 1
}

/** The driver's own words where there is no code; SQLSTATE classes 08, 53 and 57: connection, resources, shutdown. */
function isDatabaseGone(error: unknown): boolean {
  const code = errorCode(error) ?? ''
  return (
    /^(E[A-Z]{3,}|08...|53...|57...)$/.test(code) || /^Connection terminated|^timeout/.test((error as Error).message)
  )
}
