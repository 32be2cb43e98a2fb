import { whoMay } from '../permissions/access.ts'
import { Routes } from '../web/route.ts'
import type { MailDependencies } from './pages/dependencies.ts'
import { listQuery, showMails } from './pages/list.ts'
import { mailParams, showMail } from './pages/show.ts'
import { paths } from './paths.ts'

/** What the system wrote to people; read by whoever keeps the installation, for links open accounts. */
export function mailRoutes(deps: MailDependencies): Routes {
  const keeper = whoMay('ajustes.administrar')
  return new Routes()
    .get(paths.mails, keeper, { query: listQuery }, call => showMails(deps, call))
    .get(paths.mail(':id'), keeper, { params: mailParams }, call => showMail(deps, call))
}
