import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { CategoryKind, Priority, type TicketStatus } from '../generated/prisma/enums.ts'
import { matching } from '../search/language/matching.ts'
import { cleaned, termsOf } from '../search/language/terms.ts'
import { type Question, questionOf } from '../search/language/tsquery.ts'
import { day } from '../web/forms.ts'
import type { Clause } from './visibility.ts'

/** What a list of tickets is narrowed to. */
export interface Filters {
  areaId?: number | undefined
  categoryId?: number | undefined
  kind?: CategoryKind | undefined
  priority?: Priority | undefined
  owner?: OwnerFilter | undefined
  /** First and last day of creation, YYYY-MM-DD in the organisation's zone. */
  from?: string | undefined
  to?: string | undefined
  /** Only those that an open impediment stops. */
  impeded?: boolean
  /** Only those in which this is found, among what the list's reader reads of them. */
  search?: { question: Question; internal: boolean } | undefined
}

export type OwnerFilter = { person: number } | { group: number } | 'nobody'

/** Codes of the states in URLs. */
export const statusSlugs: Record<TicketStatus, string> = {
  REGISTRADO: 'registrados',
  ASIGNADO: 'asignados',
  EN_PROCESO: 'en-proceso',
  FINALIZADO: 'finalizados',
  CANCELADO: 'cancelados',
}

const OWNER = /^(persona|grupo):([1-9]\d{0,8})$/
const idText = z.string().regex(/^[1-9]\d{0,8}$/)
const dayText = day.optional().catch(undefined)

/** Reads `persona:4`, `grupo:2` or `nadie`. */
export function parseOwner(value: string): OwnerFilter | undefined {
  if (value === 'nadie') return 'nobody'
  const [, kind, id] = OWNER.exec(value) ?? []
  if (!kind) return undefined
  return kind === 'persona' ? { person: Number(id) } : { group: Number(id) }
}

const code = <T extends string>(values: Record<string, T>) =>
  z
    .string()
    .transform(value => Object.values(values).find(known => known.toLowerCase() === value))
    .optional()
    .catch(undefined)

/** The query parameters of the filters; a damaged one filters nothing. */
export const filterQuery = {
  area: idText.optional().catch(undefined),
  categoria: idText.optional().catch(undefined),
  tipo: code(CategoryKind),
  prioridad: code(Priority),
  responsable: z
    .string()
    .regex(/^(persona:[1-9]\d{0,8}|grupo:[1-9]\d{0,8}|nadie)$/)
    .optional()
    .catch(undefined),
  desde: dayText,
  hasta: dayText,
  buscar: z.string().transform(cleaned).optional().catch(undefined),
}

const schema = z.object(filterQuery)
export type FilterQuery = Partial<z.infer<typeof schema>>

/** @param internal whether internal notes are searched, too */
export function filtersOf(query: FilterQuery, { internal }: { internal: boolean }): Filters {
  const question = questionOf(termsOf(query.buscar ?? ''))
  return {
    search: question ? { question, internal } : undefined,
    areaId: query.area ? Number(query.area) : undefined,
    categoryId: query.categoria ? Number(query.categoria) : undefined,
    kind: query.tipo,
    priority: query.prioridad,
    owner: query.responsable ? parseOwner(query.responsable) : undefined,
    from: query.desde,
    to: query.hasta,
  }
}

/** The query parameters again, for links that keep the filters. */
export function filterParameters(query: FilterQuery): Record<string, string | undefined> {
  return {
    area: query.area,
    categoria: query.categoria,
    tipo: query.tipo?.toLowerCase(),
    prioridad: query.prioridad?.toLowerCase(),
    responsable: query.responsable,
    desde: query.desde,
    hasta: query.hasta,
    buscar: query.buscar || undefined,
  }
}

/** Whether what is left is found without passing many tickets over: an area has indexes of its own. */
export const isQuick = ({ areaId, ...others }: Filters): boolean =>
  Object.values(others).every(filter => filter === undefined)

/** The filters as conditions on `tickets t`. */
export function filterSql(filters: Filters, zone: string): Prisma.Sql {
  const { areaId, categoryId, kind, priority, owner, from, to, impeded, search } = filters
  const conditions = [
    areaId !== undefined && Prisma.sql`t.area_id = ${areaId}`,
    categoryId !== undefined && Prisma.sql`t.category_id = ${categoryId}`,
    kind && Prisma.sql`t.category_id IN (SELECT id FROM categories WHERE kind = ${kind}::category_kind)`,
    priority && Prisma.sql`t.priority = ${priority}::priority`,
    owner && ownerSql(owner),
    impeded && Prisma.sql`t.impeded_at IS NOT NULL`,
    // Pages read found-tickets.ts. For a file the planner, which knows how common the words are, walks the list or asks their index.
    search &&
      Prisma.sql`t.number IN (SELECT d.ticket_number FROM ticket_documents d WHERE ${matching(search.question, search)})`,
    from && Prisma.sql`t.created_at >= (${from}::date)::timestamp AT TIME ZONE ${zone}`,
    to && Prisma.sql`t.created_at < (${to}::date + 1)::timestamp AT TIME ZONE ${zone}`,
  ].filter(condition => condition instanceof Prisma.Sql)
  return Prisma.join([Prisma.sql`true`, ...conditions], ' AND ')
}

function ownerSql(owner: OwnerFilter): Prisma.Sql {
  if (owner === 'nobody') return Prisma.sql`t.assignee_id IS NULL AND t.assignee_group_id IS NULL`
  if ('person' in owner) return Prisma.sql`t.assignee_id = ${owner.person}`
  return Prisma.sql`t.assignee_group_id = ${owner.group}`
}

/** Narrows clauses to one area, so that its own index answers; an area out of reach leaves nothing. */
export function within(clauses: readonly Clause[], areaId: number | undefined): Clause[] {
  if (areaId === undefined) return [...clauses]
  return clauses.flatMap((clause): Clause[] => {
    if (clause.by === 'all') return [{ by: 'area', ids: [areaId] }]
    if (clause.by === 'area') return clause.ids.includes(areaId) ? [{ by: 'area', ids: [areaId] }] : []
    return [clause]
  })
}
