import { whoMay } from '../permissions/access.ts'
import { Routes } from '../web/route.ts'
import { downloadForm } from './forms.ts'
import type { AuditDependencies } from './pages/dependencies.ts'
import { downloadAudit } from './pages/download.ts'
import { entryParams as params, showEntry } from './pages/entry.ts'
import { auditQuery, showAudit } from './pages/list.ts'
import { paths } from './paths.ts'

const read = whoMay('auditoria.ver')

export function auditRoutes(deps: AuditDependencies): Routes {
  return (
    new Routes()
      .get(paths.audit, read, { query: auditQuery }, call => showAudit(deps, call))
      // A write, for it is written down; sent again it is another download, which is written down too.
      .idempotent(paths.download, read, { form: downloadForm }, call => downloadAudit(deps, call))
      .get(`${paths.audit}/:id`, read, { params }, call => showEntry(deps, call))
  )
}
