import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { type Database, select } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import { type Key, PAGE_SIZE, type PageRequest, type Slice, slice } from '../web/listing.ts'
import type { AuditFilters } from './filters.ts'

const entryRow = z.object({
  number: z.number(),
  createdAt: z.date(),
  kind: z.string(),
  actorId: z.number().nullable(),
  actor: z.string().nullable(),
  actorEmail: z.string().nullable(),
  address: z.string(),
  subjectType: z.string().nullable(),
  subjectName: z.string().nullable(),
  changes: z.record(z.string(), z.tuple([z.json(), z.json()])).nullable(),
})

/** An entry; its id and its time are called as in every list that is ordered by them. */
export type AuditRow = z.infer<typeof entryRow>

const COLUMNS = Prisma.sql`a.id AS number, a.at AS "createdAt", a.kind, a.actor_id AS "actorId", u.name AS actor,
  u.email AS "actorEmail", a.address, a.subject_type AS "subjectType", a.subject_name AS "subjectName", a.changes`

/** Which entries. */
export interface AuditRequest {
  filters: AuditFilters
  /** Who did it or whom it is about: a statement that gives some ids; null for anybody. */
  people: Prisma.Sql | null
  /** IANA zone in which days begin. */
  zone: string
  /** Nothing that was written down after this entry; null for no bound. */
  upTo: number | null
}

/** A page of entries, newest first. */
export async function listEntries(
  db: Pick<Database, 'pool'>,
  request: AuditRequest,
  pageRequest: PageRequest,
): Promise<Slice<AuditRow>> {
  return slice(await findEntries(db, request, pageRequest, PAGE_SIZE + 1), pageRequest)
}

const AT_ONCE = 500

/** Every entry, newest first, a batch behind the other: what is in memory does not depend on how many there are. */
export async function* eachEntry(db: Pick<Database, 'pool'>, request: AuditRequest): AsyncGenerator<AuditRow[]> {
  let from: Key | null = null
  do {
    const batch: AuditRow[] = await findEntries(db, request, { direction: 'forward', from }, AT_ONCE)
    if (batch.length > 0) yield batch
    from = batch.length === AT_ONCE ? (batch.at(-1) ?? null) : null
  } while (from !== null)
}

/** One arm per role in the entry, run for each person, in the order of one index and left after a page. */
async function findEntries(
  db: Pick<Database, 'pool'>,
  { filters, people, zone, upTo }: AuditRequest,
  { direction, from }: PageRequest,
  limit: number,
): Promise<AuditRow[]> {
  const forward = direction === 'forward'
  const key = from && Prisma.sql`(${from.createdAt}::timestamptz, ${from.number}::int)`
  const beyond = key ? Prisma.sql`(at, id) ${forward ? Prisma.sql`<` : Prisma.sql`>`} ${key}` : Prisma.sql`true`
  const order = forward ? Prisma.sql`at DESC, id DESC` : Prisma.sql`at, id`
  const run = (arm: Prisma.Sql) => Prisma.sql`(SELECT id, at FROM audit_entries
    WHERE ${arm} AND ${conditionOf(filters, zone, upTo)} AND ${beyond} ORDER BY ${order} LIMIT ${limit})`
  const arms = people
    ? ARMS.map(arm => Prisma.sql`(SELECT run.* FROM whose CROSS JOIN LATERAL ${run(arm)} run)`)
    : [run(Prisma.sql`true`)]
  const rows = await select(
    db,
    Prisma.sql`WITH whose AS MATERIALIZED (${people ?? ANYBODY})
      SELECT ${COLUMNS} FROM (SELECT id, at FROM (${Prisma.join(arms, ' UNION ')}) arm
        ORDER BY ${order} LIMIT ${limit}) key
      JOIN audit_entries a ON a.id = key.id LEFT JOIN users u ON u.id = a.actor_id
      ORDER BY ${forward ? Prisma.sql`a.at DESC, a.id DESC` : Prisma.sql`a.at, a.id`}`,
    { prepared: people === null },
  )
  return z.array(entryRow).parse(rows)
}

const ANYBODY = Prisma.sql`SELECT 0 AS id`

const ARMS = [Prisma.sql`actor_id = whose.id`, Prisma.sql`subject_type = 'usuario' AND subject_id = whose.id`]

function conditionOf({ tipo, objeto, direccion, desde, hasta }: AuditFilters, zone: string, upTo: number | null) {
  const conditions = [
    tipo && Prisma.sql`kind = ${tipo}`,
    objeto && Prisma.sql`subject_type = ${objeto}`,
    direccion && Prisma.sql`address = ${direccion}`,
    desde && Prisma.sql`at >= (${desde}::date)::timestamp AT TIME ZONE ${zone}`,
    hasta && Prisma.sql`at < (${hasta}::date + 1)::timestamp AT TIME ZONE ${zone}`,
    upTo !== null && Prisma.sql`id <= ${upTo}`,
  ].filter(condition => condition instanceof Prisma.Sql)
  return Prisma.join([Prisma.sql`true`, ...conditions], ' AND ')
}

/** @throws NotFound */
export async function getEntry(db: Pick<Database, 'pool'>, id: number): Promise<AuditRow> {
  const rows = await select(
    db,
    Prisma.sql`SELECT ${COLUMNS} FROM audit_entries a LEFT JOIN users u ON u.id = a.actor_id WHERE a.id = ${id}`,
  )
  if (!rows[0]) throw new NotFound()
  return entryRow.parse(rows[0])
}

/** The newest entry there is; 0 when there is none. */
export async function newestEntry({ prisma }: Pick<Database, 'prisma'>): Promise<number> {
  return (await prisma.auditEntry.aggregate({ _max: { id: true } }))._max.id ?? 0
}
