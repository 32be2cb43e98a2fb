import { once } from 'node:events'
import { createApp } from './app.ts'
import { type Config, loadConfig } from './config.ts'
import { demonstrationAccounts, demonstrationPassword } from './demo/accounts.ts'
import { paths as installation } from './installation/paths.ts'
import { systemClock } from './platform/clock.ts'
import type { Database } from './platform/db.ts'
import { createLog } from './platform/log.ts'
import type { RequestMetrics } from './platform/metrics.ts'
import { StartFailure } from './platform/start-failure.ts'
import { openDatabase } from './start/database.ts'
import { fillDemonstration } from './start/demonstration.ts'
import { drainable } from './start/draining.ts'
import { prepareFirstVisit } from './start/installation.ts'
import { startBackgroundWork } from './start/jobs.ts'
import { addressOf, checkAddress, listen } from './start/listening.ts'
import { metricsAddress, serveMetrics } from './start/metrics.ts'
import { sessionSecret } from './start/secret.ts'
import { stopSignal } from './start/signals.ts'
import { openStorage } from './start/storage.ts'

/** What has been started, to be ended in reverse order. */
type Closers = (() => Promise<void>)[]

/** The life of the process: starts, serves until a signal comes, ends what it started, and exits with 0, or 1 on failure. */
export async function serve(): Promise<never> {
  const stop = stopSignal()
  const closers: Closers = []
  let code = 0
  try {
    await start(closers, stop)
    if (!stop.aborted) await once(stop, 'abort')
    console.log('Terminando…')
  } catch (error) {
    code = 1
    console.error(error instanceof StartFailure ? error.message : error)
  }
  for (const close of closers.reverse()) await close()
  process.exit(code)
}

/** A signal that comes meanwhile counts after the step that is under way. */
async function start(closers: Closers, stop: AbortSignal): Promise<void> {
  const config = loadConfig()
  await checkAddress(config)
  const metrics = metricsAddress(config)
  if (metrics) await checkAddress(metrics)
  const { db, notices, close } = await openDatabase(config)
  closers.push(close)
  for (const notice of notices) console.log(notice)
  if (config.demonstration && !stop.aborted) await fillDemonstration(db, systemClock.now())
  if (stop.aborted) return
  const code = await prepareFirstVisit(db, config, systemClock.now())
  const address = await serveApp(config, db, closers, stop)
  await greet(config, db, address)
  if (code) inviteFirstVisit(address, code)
  console.log('Para terminar pulse Ctrl-C.')
}

/** @returns where the pages are */
async function serveApp(config: Config, db: Database, closers: Closers, stop: AbortSignal): Promise<string> {
  const metrics = await measure(config, db, closers)
  const log = createLog(config.logLevel)
  const secret = sessionSecret(config)
  const storage = await openStorage(config)
  const app = createApp({ config, db, clock: systemClock, log, secret, stop, metrics, ...storage })
  const server = await listen(app, config)
  closers.push(
    await startBackgroundWork({ db, clock: systemClock, ...storage }, { ...config, secret }, log),
    drainable(server),
  )
  return addressOf(server)
}

async function measure(config: Config, db: Database, closers: Closers): Promise<RequestMetrics | undefined> {
  const address = metricsAddress(config)
  if (!address) return undefined
  // Loaded only where it is wanted, for the sake of a quick start.
  const { createMetrics } = await import('./platform/metrics.ts')
  const metrics = createMetrics(db.pool)
  const { url, close } = await serveMetrics(metrics, address)
  closers.push(close)
  console.log(`Las métricas están en ${url}`)
  return metrics.requests
}

async function greet(config: Config, db: Database, address: string): Promise<void> {
  console.log(`Tickets de Soporte está en ${address}`)
  const settings = await db.prisma.settings.findFirst({ select: { demonstration: true } })
  if (config.demonstration && settings?.demonstration) {
    console.log(
      `Datos de demostración, sólo para esta máquina. Contraseña de todas las cuentas: ${demonstrationPassword}`,
    )
    for (const { email, roleLabel } of demonstrationAccounts) console.log(`  ${email.padEnd(26)} ${roleLabel}`)
  }
}

function inviteFirstVisit(address: string, code: string): void {
  console.log(`Falta crear la primera cuenta de Administrador: abra ${address}${installation.installation}`)
  console.log(`y escriba este código, que sirve una sola vez y durante 24 horas: ${code}`)
}
