import { z } from 'zod'
import { type Moment, relativeTime } from '../../web/format.ts'
import { id } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { namesIn } from '../names.ts'
import { paths } from '../paths.ts'
import { getEntry } from '../queries.ts'
import { type SpokenChange, spokenChanges, spokenKind } from '../words.ts'
import type { AuditDependencies } from './dependencies.ts'
import { subjectOf } from './list.ts'

export interface AuditEntryModel {
  title: string
  listHref: string
  moment: Moment
  subject: string
  /** Null when nobody had signed in. */
  actor: null | { name: string; email: string }
  address: string
  changes: SpokenChange[]
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'audit/show': AuditEntryModel
  }
}

export const entryParams = z.object({ id: id() })

/** One entry with everything that it changed. */
export async function showEntry({ db, clock }: AuditDependencies, { params, region, res }: Call<{ id: number }>) {
  const entry = await getEntry(db, params.id)
  const model: AuditEntryModel = {
    title: spokenKind(entry.kind),
    listHref: paths.audit,
    moment: relativeTime(entry.createdAt, clock.now(), region),
    subject: subjectOf(entry),
    actor: entry.actor === null ? null : { name: entry.actor, email: entry.actorEmail ?? '' },
    address: entry.address,
    changes: spokenChanges(entry.changes, await namesIn(db, [entry])),
  }
  page(res, 'audit/show', model)
}
