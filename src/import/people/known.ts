import { z } from 'zod'
import type { Transaction } from '../../platform/db.ts'
import { type Account, accountColumns, accountOf } from '../../users/accounts.ts'
import type { ImportedPerson } from './columns.ts'

export interface KnownAccount extends Account {
  reference: string | null
}

/** What the database holds of that which a batch of rows names. */
export interface Known {
  accounts: KnownAccount[]
  /** By their names as the file writes them. */
  areas: Map<string, { id: number; name: string; active: boolean }>
  organizations: Map<string, { id: number; name: string }>
  /** Whether somebody is responsible for open tickets of an area. */
  isNeeded(userId: number, areaId: number): boolean
}

/** Reads it in a few statements, however many rows there are. */
export async function readKnown(tx: Transaction, people: readonly ImportedPerson[]): Promise<Known> {
  const accounts = await readAccounts(tx, people)
  const areaNames = people.flatMap(({ areas }) => areas ?? [])
  const areas = await tx.$queryRaw<{ typed: string; id: number; name: string; active: boolean }[]>`
    SELECT w.typed, a.id, a.name, a.active FROM unnest(${areaNames}::text[]) w(typed)
    JOIN areas a ON normalized_name(a.name) = normalized_name(w.typed)`
  const ids = accounts.map(({ id }) => id)
  const open = await tx.$queryRaw<unknown[]>`SELECT DISTINCT assignee_id AS person, area_id AS area FROM tickets
    WHERE assignee_id = ANY(${ids}::int[]) AND status IN ('ASIGNADO', 'EN_PROCESO')`
  const needed = new Set(
    z
      .array(openIn)
      .parse(open)
      .map(({ person, area }) => `${person}:${area}`),
  )
  return {
    accounts,
    areas: new Map(areas.map(({ typed, ...area }) => [typed, area])),
    organizations: await readOrganizations(
      tx,
      people.flatMap(({ organization }) => organization ?? []),
    ),
    isNeeded: (userId, areaId) => needed.has(`${userId}:${areaId}`),
  }
}

const openIn = z.object({ person: z.number(), area: z.number() })

async function readAccounts(tx: Transaction, people: readonly ImportedPerson[]): Promise<KnownAccount[]> {
  const found = await tx.user.findMany({
    where: {
      OR: [
        { email: { in: people.flatMap(({ email }) => email ?? []) } },
        { externalReference: { in: people.flatMap(({ reference }) => reference ?? []) } },
      ],
    },
    select: { ...accountColumns, externalReference: true },
  })
  return found.map(({ externalReference: reference, ...account }) => ({ ...accountOf(account), reference }))
}

/** Organisations by their names as they were typed. */
export async function readOrganizations(tx: Transaction, names: readonly string[]): Promise<Known['organizations']> {
  const found = await tx.$queryRaw<{ typed: string; id: number; name: string }[]>`
    SELECT w.typed, o.id, o.name FROM unnest(${[...names]}::text[]) w(typed)
    JOIN organizations o ON normalized_name(o.name) = normalized_name(w.typed)`
  return new Map(found.map(({ typed, ...organization }) => [typed, organization]))
}
