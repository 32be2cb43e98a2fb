import { createServer } from 'node:net'
import { type Config, loadConfig } from './config.ts'
import { demonstrationAccounts, demonstrationPassword } from './demo/accounts.ts'
import { paths as installation } from './installation/paths.ts'
import { agree } from './platform/agreement.ts'
import { systemClock } from './platform/clock.ts'
import type { Database } from './platform/db.ts'
import { createLog } from './platform/log.ts'
import type { Metrics } from './platform/metrics.ts'
import { StartFailure } from './platform/start-failure.ts'
import { samePlace, sameSecret } from './start/agreement.ts'
import { checkConnections, type OpenDatabase, openDatabase } from './start/database.ts'
import { fillDemonstration } from './start/demonstration.ts'
import { stopListening } from './start/draining.ts'
import { prepareFirstVisit } from './start/installation.ts'
import { type Closers, live } from './start/life.ts'
import { addressOf, checkAddress, listen } from './start/listening.ts'
import { metricsAddress, openMetrics, serveMetrics } from './start/metrics.ts'
import { sessionSecret } from './start/secret.ts'
import { stopSignal } from './start/signals.ts'
import { openStorage } from './start/storage.ts'
import { Workers } from './start/workers.ts'

/** Starts, serves until a signal comes, ends what it started, and exits with 0, or 1 on failure. */
export function serve(): Promise<never> {
  const stop = stopSignal()
  stop.addEventListener('abort', () => console.log('Terminando…'))
  return live(stop, {
    start,
    complain: error => console.error(error instanceof StartFailure ? error.message : error),
    log: createLog('error'),
  })
}

async function start(closers: Closers, stop: AbortSignal): Promise<void> {
  const config = loadConfig()
  await checkAddress(config)
  const metrics = metricsAddress(config)
  if (metrics) await checkAddress(metrics)
  const { db, url, notices, close } = await openDatabase(config)
  closers.push(close)
  for (const notice of notices) console.log(notice)
  if (config.demonstration && !stop.aborted) await fillDemonstration(db, systemClock.now())
  if (stop.aborted) return
  const { place } = await openStorage(config)
  closers.push(await agree(url, [sameSecret(sessionSecret(config)), samePlace(place)]))
  const code = await prepareFirstVisit(db, config, systemClock.now())
  const address =
    config.processes === 1
      ? await serveAlone(config, { db, url }, closers, stop)
      : await serveByWorkers(config, { db, url }, closers)
  await greet(config, db, address)
  if (code) inviteFirstVisit(address, code)
  console.log('Para terminar pulse Ctrl-C.')
}

type Opened = Pick<OpenDatabase, 'db' | 'url'>

/** @returns where the pages are */
async function serveAlone(config: Config, opened: Opened, closers: Closers, stop: AbortSignal): Promise<string> {
  const metrics = await openMetrics(config, opened.db)
  if (metrics) await announceMetrics(config, () => metrics.read(), closers)
  // Loaded only where pages are served.
  const { openPages } = await import('./start/pages.ts')
  const log = createLog(config.logLevel)
  const server = await openPages({ config, ...opened, log, stop, metrics: metrics?.requests }, closers)
  await listen(server, config)
  return addressOf(server)
}

/** @returns where the pages are */
async function serveByWorkers(config: Config, { db, url }: Opened, closers: Closers): Promise<string> {
  await checkConnections(db, config.processes)
  const workers = new Workers(url, createLog(config.logLevel, { pid: process.pid }))
  closers.push(() => workers.stop())
  await workers.start(config.processes)
  if (config.metricsPort !== undefined) {
    const { readTogether } = await import('./platform/metrics.ts')
    await announceMetrics(config, async () => readTogether(await workers.measure()), closers)
  }
  const server = createServer({ pauseOnConnect: true, noDelay: true }, connection => workers.serve(connection))
  await listen(server, config)
  closers.push(() => stopListening(server))
  return addressOf(server)
}

async function announceMetrics(config: Config, read: Metrics['read'], closers: Closers): Promise<void> {
  const address = metricsAddress(config)
  if (!address) return
  const { url, close } = await serveMetrics({ read }, address)
  closers.push(close)
  console.log(`Las métricas están en ${url}`)
}

async function greet(config: Config, db: Database, address: string): Promise<void> {
  console.log(`Tickets de Soporte está en ${address}`)
  const settings = await db.prisma.settings.findFirst({ select: { demonstration: true } })
  if (config.demonstration && settings?.demonstration) {
    console.log(
      `Datos de demostración, solo para esta máquina. Contraseña de todas las cuentas: ${demonstrationPassword}`,
    )
    for (const { email, roleLabel } of demonstrationAccounts) console.log(`  ${email.padEnd(26)} ${roleLabel}`)
  }
}

function inviteFirstVisit(address: string, code: string): void {
  console.log(`Falta crear la primera cuenta de Administrador: abra ${address}${installation.installation}`)
  console.log(`y escriba este código, que sirve una sola vez y durante 24 horas: ${code}`)
}
