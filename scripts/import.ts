import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadConfig } from '../src/config.ts'
import { complaintOf } from '../src/import/complaint.ts'
import { help } from '../src/import/help.ts'
import { importRequests, type Progress } from '../src/import/import.ts'
import { readMapping } from '../src/import/mapping.ts'
import { ImportRefused } from '../src/import/refused.ts'
import { inspectSource } from '../src/import/source.ts'
import { describeSummary } from '../src/import/summary.ts'
import { systemClock } from '../src/platform/clock.ts'
import { showProgress } from '../src/platform/progress.ts'
import { openDatabase } from '../src/start/database.ts'
import { stopSignal } from '../src/start/signals.ts'

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
  const signal = stopSignal()
  const mapping = await readMapping(map)
  await inspectSource(file)
  const { db, notices, close } = await openDatabase(loadConfig())
  try {
    console.log([...notices, `Importando ${basename(file)} (origen: ${mapping.origin})…`].join('\n'))
    const progress = showProgress(process.stderr, 'solicitudes')
    const onProgress = ({ loaded, alreadyThere, rejected, bytesRead, bytesTotal }: Progress) =>
      progress.update({ count: loaded + alreadyThere + rejected, done: bytesRead, total: bytesTotal })
    const options = { db, file, mapping, rejects, clock: systemClock, signal, onProgress }
    const summary = await importRequests(options).finally(progress.stop)
    console.log(describeSummary(summary))
    return summary.interrupted ? interruptedCode : 0
  } finally {
    await close()
  }
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

function explain(error: unknown): number {
  console.error(...complaintOf(error))
  return 1
}
