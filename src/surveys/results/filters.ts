import { z } from 'zod'
import { Prisma } from '../../generated/prisma/client.ts'
import { CategoryKind } from '../../generated/prisma/enums.ts'
import { type Scope, scopeSql } from './scope.ts'

/** What results are narrowed to; months are YYYY-MM, both of them included. */
export interface Filters {
  from?: string | undefined
  to?: string | undefined
  areaId?: number | undefined
  categoryId?: number | undefined
  kind?: CategoryKind | undefined
  agentId?: number | undefined
}

const idText = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .optional()
  .catch(undefined)
const month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
  .optional()
  .catch(undefined)

/** The query parameters of the results; a damaged one filters nothing. */
export const resultsQuery = {
  version: idText,
  desde: month,
  hasta: month,
  area: idText,
  categoria: idText,
  tipo: z
    .string()
    .transform(value => Object.values(CategoryKind).find(kind => kind.toLowerCase() === value))
    .optional()
    .catch(undefined),
  responsable: idText,
}

const schema = z.object(resultsQuery)
export type ResultsQuery = z.infer<typeof schema>

/** @param guarded results without agents */
export function filtersOf(query: ResultsQuery, guarded: boolean): Filters {
  return {
    from: query.desde,
    to: query.hasta,
    areaId: query.area ? Number(query.area) : undefined,
    categoryId: query.categoria ? Number(query.categoria) : undefined,
    kind: query.tipo,
    agentId: query.responsable && !guarded ? Number(query.responsable) : undefined,
  }
}

/** The query parameters again, for links that keep the filters. */
export const parametersOf = (query: ResultsQuery): Record<string, string | undefined> => ({
  version: query.version,
  desde: query.desde,
  hasta: query.hasta,
  area: query.area,
  categoria: query.categoria,
  tipo: query.tipo?.toLowerCase(),
  responsable: query.responsable,
})

/** Conditions on the rows of survey_tallies of one version: its own of an agent, or those of everybody. */
export function tallySql(versionId: number, scope: Scope, filters: Filters): Prisma.Sql {
  const agents = [scope.by === 'agent' ? scope.id : undefined, filters.agentId].filter(id => id !== undefined)
  const whose = agents.map(id => Prisma.sql`agent_id = ${id}`)
  return all([
    Prisma.sql`version_id = ${versionId}`,
    ...(whose.length > 0 ? whose : [Prisma.sql`agent_id IS NULL`]),
    ...(scope.by === 'area' ? [scopeSql(scope)] : []),
    ...placeSql(filters),
    ...monthsSql(filters),
  ])
}

/** Conditions on the rows of survey_tallies that count each agent of one version for himself. */
export function agentTallySql(versionId: number, scope: Scope, filters: Filters): Prisma.Sql {
  return all([Prisma.sql`agent_id IS NOT NULL`, responseSql(versionId, scope, filters)])
}

/** Conditions on the responses of one version. */
export function responseSql(versionId: number, scope: Scope, filters: Filters): Prisma.Sql {
  return all([
    Prisma.sql`version_id = ${versionId}`,
    scopeSql(scope),
    ...(filters.agentId === undefined ? [] : [Prisma.sql`agent_id = ${filters.agentId}`]),
    ...placeSql(filters),
    ...monthsSql(filters),
  ])
}

/** Conditions on the tallies of the invitations of one version. @param zone IANA zone in which months begin */
export function invitationSql(versionId: number, scope: Scope, filters: Filters, zone: string): Prisma.Sql {
  const { from, to } = filters
  return all([
    responseSql(versionId, scope, { ...filters, from: undefined, to: undefined }),
    ...(from ? [Prisma.sql`slot >= ${`${from}-01`}::date::timestamp AT TIME ZONE ${zone}`] : []),
    ...(to ? [Prisma.sql`slot < (${`${to}-01`}::date + interval '1 month') AT TIME ZONE ${zone}`] : []),
  ])
}

const all = (conditions: Prisma.Sql[]) => Prisma.join(conditions, ' AND ')

const placeSql = ({ areaId, categoryId, kind }: Filters): Prisma.Sql[] => [
  ...(areaId === undefined ? [] : [Prisma.sql`area_id = ${areaId}`]),
  ...(categoryId === undefined ? [] : [Prisma.sql`category_id = ${categoryId}`]),
  ...(kind ? [Prisma.sql`kind = ${kind}::category_kind`] : []),
]

const monthsSql = ({ from, to }: Filters): Prisma.Sql[] => [
  ...(from ? [Prisma.sql`month >= ${`${from}-01`}::date`] : []),
  ...(to ? [Prisma.sql`month <= ${`${to}-01`}::date`] : []),
]
