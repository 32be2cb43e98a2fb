import type { Database } from '../platform/db.ts'
import { type ChangedVerdict, changedVerdicts } from '../tickets/changed-verdicts.ts'
import { countSeenOnlyBy } from '../tickets/counts.ts'
import type { Viewer } from '../web/access.ts'
import type { Section } from '../web/frame.ts'
import { type Permission, permissionCodes } from './catalog.ts'

/** What somebody has more and what he has less than before. */
interface Difference<T> {
  gained: T
  lost: T
}

/** What changes in practice when somebody's permissions do. */
export interface Consequences {
  permissions: Difference<Permission[]>
  /** Of the sidebar. */
  pages: Difference<string[]>
  /** How many tickets he sees more and less; more than 1000 count as 1001. */
  tickets: Difference<number>
  verdicts: ChangedVerdict[]
}

export interface Foresight {
  db: Pick<Database, 'pool'>
  /** The sidebar that somebody gets. */
  sectionsFor: (viewer: Viewer) => Section[]
  now: Date
}

/**
 * Compares a person as he is with the same person as he would be, by asking the rules that guard every request, once for
 * each of the two.
 */
export async function consequencesOf({ db, sectionsFor, now }: Foresight, before: Viewer, after: Viewer) {
  const [gained, lost, verdicts] = await Promise.all([
    countSeenOnlyBy(db, after, before),
    countSeenOnlyBy(db, before, after),
    changedVerdicts(db, before, after, now),
  ])
  const consequences: Consequences = {
    permissions: difference(codesOf(before), codesOf(after)),
    pages: difference(pagesOf(sectionsFor(before)), pagesOf(sectionsFor(after))),
    tickets: { gained, lost },
    verdicts,
  }
  return consequences
}

const codesOf = ({ permissions }: Viewer) => permissionCodes.filter(code => permissions.has(code))
const pagesOf = (sections: Section[]) => sections.flatMap(({ items }) => items.map(({ label }) => label))

function difference<T>(before: T[], after: T[]): Difference<T[]> {
  return {
    gained: after.filter(each => !before.includes(each)),
    lost: before.filter(each => !after.includes(each)),
  }
}
