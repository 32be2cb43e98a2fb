import { loadConfig } from '../src/config.ts'
import { formatCount, formatDuration } from '../src/platform/amounts.ts'
import { showProgress } from '../src/platform/progress.ts'
import { StartFailure } from '../src/platform/start-failure.ts'
import { openDatabase } from '../src/start/database.ts'
import { stopSignal } from '../src/start/signals.ts'
import { describeFinding } from '../src/tickets/chain/diagnosis.ts'
import { type Verification, verifyLog } from '../src/tickets/chain/verify.ts'

/** Exit code of a program that Ctrl-C ended. */
const interruptedCode = 130

process.exitCode = await main().catch(explain)

async function main(): Promise<number> {
  const signal = stopSignal()
  const { db, notices, close } = await openDatabase(loadConfig())
  try {
    console.log([...notices, 'Verificando la bitácora…'].join('\n'))
    const started = performance.now()
    const progress = showProgress(process.stderr, 'entradas')
    const options = { pool: db.pool, signal, onProgress: progress.update }
    const result = await verifyLog(options).finally(progress.stop)
    return report(result, (performance.now() - started) / 1000)
  } finally {
    await close()
  }
}

function report({ tickets, entries, faulty, findings, interrupted }: Verification, seconds: number): number {
  for (const finding of findings) console.error(describeFinding(finding))
  if (faulty > findings.length) console.error(`Y hay ${formatCount(faulty - findings.length)} tickets más.`)
  const extent = `${formatCount(tickets)} tickets, ${formatCount(entries)} entradas, ${formatDuration(seconds)}`
  if (interrupted) console.log(`Verificación interrumpida (${extent}).`)
  else if (faulty === 0) console.log(`La bitácora está completa y sin alteraciones (${extent}).`)
  else console.log(`La bitácora no está como se escribió: ${formatCount(faulty)} con problemas (${extent}).`)
  if (faulty > 0) return 1
  return interrupted ? interruptedCode : 0
}

function explain(error: unknown): number {
  if (error instanceof StartFailure) console.error(error.message)
  else console.error('La verificación se detuvo por un error:', error)
  return 1
}
