import { CategoryKind, type SurveyScope } from '../generated/prisma/enums.ts'
import { kindScopeLabels } from './labels.ts'

/** What a survey is for; at most one of the three is set, as the scope says. */
export interface Scope {
  scope: SurveyScope
  kind: CategoryKind | null
  areaId: number | null
  categoryId: number | null
}

const NOTHING = { kind: null, areaId: null, categoryId: null }

/** A scope as a form's choice: `todo`, `tipo:PROBLEMA`, `area:3`, `categoria:7`. */
export function scopeCode({ scope, kind, areaId, categoryId }: Scope): string {
  if (scope === 'TIPO') return `tipo:${kind}`
  if (scope === 'AREA') return `area:${areaId}`
  return scope === 'CATEGORIA' ? `categoria:${categoryId}` : 'todo'
}

/** @returns undefined for what {@link scopeCode} never makes */
export function parseScope(code: string): Scope | undefined {
  if (code === 'todo') return { ...NOTHING, scope: 'TODO' }
  const [, what, which = ''] = /^(tipo|area|categoria):(\w{1,13})$/.exec(code) ?? []
  const kind = Object.values(CategoryKind).find(each => each === which)
  if (what === 'tipo') return kind && { ...NOTHING, scope: 'TIPO', kind }
  if (!what || !/^[1-9]\d{0,8}$/.test(which)) return undefined
  return what === 'area'
    ? { ...NOTHING, scope: 'AREA', areaId: Number(which) }
    : { ...NOTHING, scope: 'CATEGORIA', categoryId: Number(which) }
}

/** "Todo", "Todos los problemas", "Área Sistemas", "Impresoras (Sistemas)" */
export function scopeLabel(scope: Pick<Scope, 'scope' | 'kind'> & { area: string | null; category: string | null }) {
  if (scope.scope === 'TIPO' && scope.kind) return kindScopeLabels[scope.kind]
  if (scope.scope === 'AREA') return `Área ${scope.area}`
  return scope.scope === 'CATEGORIA' ? `${scope.category} (${scope.area})` : 'Todos los tickets'
}
