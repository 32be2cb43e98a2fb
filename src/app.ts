import cookieParser from 'cookie-parser'
import express, { type Express } from 'express'
import { Passport } from 'passport'
import type { Logger } from 'pino'
import { paths as account } from './account/paths.ts'
import { accountRoutes } from './account/routes.ts'
import { areaRoutes } from './areas/routes.ts'
import { readArrival } from './arrival.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { paths as auth } from './auth/paths.ts'
import { authRoutes } from './auth/routes.ts'
import { categoryRoutes } from './categories/routes.ts'
import type { Config } from './config.ts'
import { demonstrationAccounts, demonstrationPassword } from './demo/accounts.ts'
import { firstStepsRoutes } from './first-steps/routes.ts'
import { groupRoutes } from './groups/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { firstVisit } from './installation/pending.ts'
import { firstVisitFirst, installationRoutes } from './installation/routes.ts'
import { mailSeal } from './mail/queue.ts'
import { mailRoutes } from './mail/routes.ts'
import { countsFor, navigationFor } from './navigation.ts'
import { organizationRoutes } from './organizations/routes.ts'
import { permissionRoutes } from './permissions/routes.ts'
import type { Clock } from './platform/clock.ts'
import type { Database } from './platform/db.ts'
import type { FileStorage } from './platform/files.ts'
import type { RequestMetrics } from './platform/metrics.ts'
import { paths as search } from './search/paths.ts'
import { searchRoutes } from './search/routes.ts'
import { installationOf } from './settings/frame.ts'
import { readSettings } from './settings/queries.ts'
import { settingsRoutes } from './settings/routes.ts'
import { surveyNotices } from './surveys/notices.ts'
import { surveyResultRoutes } from './surveys/results/routes.ts'
import { surveyRoutes } from './surveys/routes.ts'
import { paths as tickets } from './tickets/paths.ts'
import { ticketRoutes } from './tickets/routes.ts'
import { roleLabels } from './users/labels.ts'
import { userRoutes } from './users/routes.ts'
import { staticFiles } from './web/assets.ts'
import { compressed } from './web/compressed.ts'
import { errorPage } from './web/error-page.ts'
import { NotFound } from './web/errors.ts'
import { framed } from './web/frame.ts'
import { prefetching } from './web/prefetching.ts'
import { requestLog } from './web/request-log.ts'
import { measureRequests } from './web/request-metrics.ts'
import type { RouteEntry } from './web/route.ts'
import { sameOriginOnly, securityHeaders } from './web/security.ts'
import { sessions } from './web/session.ts'

/** What an application runs on. */
export interface AppDependencies {
  config: Pick<Config, 'timeZone' | 'trustProxy' | 'demonstration' | 'publicUrl' | 'smtpUrl'>
  db: Database
  clock: Clock
  log: Logger
  /** Signs the session cookie. */
  secret: string
  /** Aborted once the process has been asked to end. */
  stop: AbortSignal
  /** Left out when nobody reads them. */
  metrics?: RequestMetrics | undefined
  /** Where attachments are kept, and the folder in which they are received. */
  files: FileStorage
  incoming: string
}

/** The whole application: middleware in order, then the slices. */
export function createApp(dependencies: AppDependencies): Express {
  const { config, db, clock, log, secret, stop, metrics, files, incoming } = dependencies
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')
  // Pages are kept by nobody, so there is nothing to compare; what is kept names itself.
  app.set('etag', false)
  app.use(requestLog(log), ...(metrics ? [measureRequests(metrics)] : []))
  app.use(securityHeaders(), prefetching(tickets.details), staticFiles(), compressed(), sameOriginOnly)
  const health = healthRoutes({ db, stop })
  health.mount(app)
  const visit = firstVisit(db, config)
  app.use(firstVisitFirst(visit), cookieParser(secret))
  const people = new Passport()
  app.use(sessions({ db, clock, people, secret, readArrival: readArrival(db, config.timeZone) }))
  app.use(framed(frameSources(db, clock, config.timeZone)))
  const links = { publicUrl: config.publicUrl, seal: mailSeal(secret) }
  const adjusting = { db, clock, zone: config.timeZone, incoming }
  const slices = [
    installationRoutes({ db, clock, visit }),
    authRoutes({
      db,
      clock,
      people,
      links,
      demonstration: { password: demonstrationPassword, accounts: [...demonstrationAccounts] },
    }),
    accountRoutes({ db, clock, links }),
    ticketRoutes({ db, clock, files, incoming, notices: surveyNotices({ db, clock }) }),
    attachmentRoutes({ db, files }),
    searchRoutes({ db, clock }),
    userRoutes({ db, clock, links }),
    organizationRoutes({ db, clock }),
    mailRoutes({ db, clock, seal: links.seal, delivers: config.smtpUrl !== undefined }),
    areaRoutes({ db, clock }),
    categoryRoutes({ db, clock }),
    groupRoutes({ db, clock }),
    settingsRoutes(adjusting),
    firstStepsRoutes(adjusting),
    auditRoutes({ db, clock }),
    permissionRoutes({ db, clock, sectionsFor: viewer => navigationFor(viewer, { firstSteps: false }) }),
    // Before the surveys, which take what follows /encuestas for a number.
    surveyResultRoutes({ db, clock }),
    surveyRoutes({ db, clock }),
  ]
  for (const slice of slices) slice.mount(app)
  app.locals.routeTable = [health, ...slices].flatMap(slice => slice.table)
  app.use((_req, _res, next) => next(new NotFound()))
  app.use(errorPage)
  return app
}

/** Every route of an application with who may call it. */
export const routeTableOf = (app: Express): RouteEntry[] => app.locals.routeTable

function frameSources(db: Database, clock: Clock, zone: string): Parameters<typeof framed>[0] {
  return {
    readInstallation: async () => installationOf(await readSettings(db), zone),
    roleLabel: viewer => roleLabels[viewer.role],
    sections: navigationFor,
    counts: viewer => countsFor(db, viewer, clock.now()),
    newTicketHref: viewer => (viewer.permissions.has('tickets.crear') ? tickets.newTicket : null),
    paths: { signOut: auth.signOut, account: account.account, theme: account.theme, home: tickets.home, ...search },
  }
}
