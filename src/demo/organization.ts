import { hashPassword } from '../auth/password.ts'
import type { Database, Transaction } from '../platform/db.ts'
import { transaction } from '../platform/db.ts'
import { findViewer } from '../users/viewer.ts'
import type { Viewer } from '../web/access.ts'
import { demonstrationAccounts, demonstrationPassword } from './accounts.ts'
import { type AreaContent, areas } from './content-areas.ts'
import { organizations, type Person, people } from './content-people.ts'

/** Finds what was written by the names that the content uses. */
export interface Directory {
  person(key: string): Viewer
  area(name: string): number
  group(area: string, name: string): number
  category(area: string, name: string): number
}

const emailOf = (key: string) => `${key}@demo.test`

/** Writes organisations, people, areas, groups and categories; nobody has left yet. */
export async function createOrganization(db: Database, since: Date): Promise<Directory> {
  const passwordHash = await hashPassword(demonstrationPassword)
  const ids = new Map<string, number>()
  const note = (kind: string, ...names: string[]) => {
    const name = [kind, ...names].join(' / ')
    return { is: (id: number) => ids.set(name, id), id: () => idOf(name) }
  }
  throw new Error('draft')
}
