import type { Response } from 'express'
import type { Database } from '../platform/db.ts'
import { publicBecause } from '../web/access.ts'
import { keepQuiet } from '../web/request-log.ts'
import { Routes } from '../web/route.ts'
import { paths } from './paths.ts'
import { checksOf, examination } from './readiness.ts'

export interface HealthDependencies {
  db: Database
  /** Aborted once the process has been asked to end: it still answers, but wants no new work. */
  stop: AbortSignal
}

const watched = publicBecause('asked by whoever watches the process; tells nothing of what is in it')

/** Belongs before the session: these answers depend on nobody and leave no trace. */
export function healthRoutes({ db, stop }: HealthDependencies): Routes {
  const examine = examination(checksOf(db.pool))
  return new Routes()
    .open('get', paths.alive, watched, {}, ({ res }) => answer(res, true, { estado: 'vivo' }))
    .open('get', paths.ready, watched, {}, async ({ res }) => {
      const findings = await examine()
      const ready = !stop.aborted && Object.values(findings).every(finding => finding === 'bien')
      const state = stop.aborted ? 'terminando' : ready ? 'listo' : 'no listo'
      answer(res, ready, { estado: state, comprobaciones: findings })
    })
}

function answer(res: Response, well: boolean, body: object): void {
  keepQuiet(res)
  res.set('Cache-Control', 'no-store')
  res.status(well ? 200 : 503).json(body)
}
