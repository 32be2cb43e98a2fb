import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../platform/db.ts'
import { can, type TicketFacts, type Verb, type Verdict, verbs } from '../tickets/policy.ts'
import { type Clause, visibleTo } from '../tickets/visibility.ts'
import type { Viewer } from '../web/access.ts'
import { type Override, type Permission, permissionCodes, type Standing, standingOf } from './catalog.ts'
import { whichShow } from './queries.ts'

/** A permission, and what decides whether the person has it. */
export interface Sourced {
  code: Permission
  standing: Standing
}

/** A clause of visibility, and whether it shows the ticket. */
export interface ExplainedClause {
  by: Clause['by']
  shows: boolean
  /** The permission without which the person would not see by it, or does not; null where none is needed. */
  permission: Sourced | null
  /** The person has that permission, or needs none. */
  applies: boolean
}

export interface ExplainedVerdict {
  verb: Verb
  verdict: Verdict
  /** The permission that the verdict asked for. */
  permission: Sourced | null
  /** Permissions that the person lacks and that would make him to the ticket what he has to be. */
  missing: Sourced[]
}

export interface Explanation {
  visible: boolean
  clauses: ExplainedClause[]
  verdicts: ExplainedVerdict[]
}

/** Somebody as findPersonalized() gives him. */
interface Asked {
  viewer: Viewer
  overrides: readonly Override[]
}

/** Why a person may do something to a ticket or not: what visibleTo() and can() say of him, with the origin of each part. */
export async function explain(db: Pick<Database, 'pool'>, asked: Asked, ticket: TicketFacts): Promise<Explanation> {
  const clauses = await explainClauses(db, asked, ticket.number)
  return {
    visible: clauses.some(({ shows, applies }) => shows && applies),
    clauses,
    verdicts: verbs.map(verb => explainVerdict(asked, verb, ticket)),
  }
}

async function explainClauses(db: Pick<Database, 'pool'>, asked: Asked, number: number): Promise<ExplainedClause[]> {
  const { viewer } = asked
  const own = visibleTo(viewer)
  const held = own.map(clause => ({ clause, applies: true, permission: sourceOf(asked, clause) }))
  const others = permissionCodes
    .filter(code => !viewer.permissions.has(code))
    .flatMap(code =>
      less(visibleTo(having(viewer, code)), own).map(clause => ({
        clause,
        applies: false,
        permission: sourced(asked, code),
      })),
    )
  const all = [...held, ...others]
  const shown = await whichShow(
    db,
    number,
    all.map(({ clause }) => clause),
  )
  return all.map(({ clause, applies, permission }, index) => ({
    by: clause.by,
    shows: shown[index] === true,
    applies,
    permission,
  }))
}

/** The permission with which a clause of the person would go. */
function sourceOf(asked: Asked, clause: Clause): Sourced | null {
  const code = permissionCodes.find(
    code => asked.viewer.permissions.has(code) && less([clause], visibleTo(lacking(asked.viewer, code))).length > 0,
  )
  return code ? sourced(asked, code) : null
}

function explainVerdict(asked: Asked, verb: Verb, ticket: TicketFacts): ExplainedVerdict {
  const { viewer } = asked
  const verdict = can(viewer, verb, ticket)
  const code = verdict.checks.find(({ permission }) => permission)?.permission
  const lacksRelation = (one: Verdict) => one.checks.some(({ about, holds }) => about === 'relacion' && !holds)
  const missing = lacksRelation(verdict)
    ? permissionCodes.filter(
        code => !viewer.permissions.has(code) && !lacksRelation(can(having(viewer, code), verb, ticket)),
      )
    : []
  return {
    verb,
    verdict,
    permission: code ? sourced(asked, code) : null,
    missing: missing.map(code => sourced(asked, code)),
  }
}

const sourced = ({ viewer, overrides }: Asked, code: Permission): Sourced => ({
  code,
  standing: standingOf(viewer.role, overrides, code),
})

const having = (viewer: Viewer, code: Permission): Viewer => ({
  ...viewer,
  permissions: new Set([...viewer.permissions, code]),
})
const lacking = (viewer: Viewer, code: Permission): Viewer => ({
  ...viewer,
  permissions: new Set([...viewer.permissions].filter(each => each !== code)),
})

const less = (clauses: readonly Clause[], others: readonly Clause[]) =>
  clauses.filter(clause => !others.some(each => isDeepStrictEqual(each, clause)))
