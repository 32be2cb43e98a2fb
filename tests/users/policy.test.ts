import { describe, expect, it } from 'vitest'
import type { Role, UserKind } from '../../src/generated/prisma/enums.ts'
import { effectivePermissions } from '../../src/permissions/catalog.ts'
import { type AccountFacts, can, type Deed, mayChangeAreas, typesFor } from '../../src/users/policy.ts'
import type { Viewer } from '../../src/web/access.ts'

/** Administrators of people of each rank; Supervisor and Agente were granted it. */
function viewer(role: Role, granted = ['usuarios.administrar', 'clientes.administrar']): Viewer {
  const overrides = granted.map(permission => ({ permission, effect: 'CONCEDER' as const }))
  const permissions = effectivePermissions(role, overrides)
  return {
    id: 1,
    name: 'Yo',
    email: 'yo@ejemplo.test',
    role,
    kind: null,
    areaIds: [],
    groupIds: [],
    locale: 'es',
    permissions,
  }
}

const account = (role: Role, more: Partial<AccountFacts> = {}): AccountFacts => ({
  id: 2,
  role,
  kind: role === 'USUARIO' ? 'EMPLEADO' : null,
  active: true,
  email: 'otra@ejemplo.test',
  ...more,
})

const deeds: Deed[] = ['editar', 'desactivar', 'reactivar', 'invitar']
const allowed = (who: Viewer, whom: AccountFacts) => deeds.filter(deed => can(who, deed, whom).allowed)
const reason = (who: Viewer, deed: Deed, whom: AccountFacts) => {
  const verdict = can(who, deed, whom)
  return verdict.allowed ? '' : verdict.reason
}

describe('who may do what to an account', () => {
  it.each([
    ['ADMINISTRADOR', ['ADMINISTRADOR', 'SUPERVISOR', 'AGENTE', 'USUARIO']],
    ['SUPERVISOR', ['SUPERVISOR', 'AGENTE', 'USUARIO']],
    ['AGENTE', ['AGENTE', 'USUARIO']],
    ['USUARIO', []],
  ] as const)('a %s touches accounts of no higher rank', (role, touched) => {
    const ranks = (['ADMINISTRADOR', 'SUPERVISOR', 'AGENTE', 'USUARIO'] as const).filter(
      each => allowed(viewer(role), account(each)).length > 0,
    )
    expect(ranks).toEqual(touched)
  })

  it('depends on the permission for employees or for clients', () => {
    const client = account('USUARIO', { kind: 'CLIENTE' as UserKind })
    expect(can(viewer('SUPERVISOR', ['clientes.administrar']), 'editar', client).allowed).toBe(true)
    expect(can(viewer('SUPERVISOR', ['clientes.administrar']), 'editar', account('AGENTE')).allowed).toBe(false)
    expect(can(viewer('SUPERVISOR', ['usuarios.administrar']), 'editar', client).allowed).toBe(false)
  })

  it('depends on the state of the account', () => {
    const ana = viewer('ADMINISTRADOR')
    expect(allowed(ana, account('AGENTE'))).toEqual(['editar', 'desactivar', 'invitar'])
    expect(allowed(ana, account('AGENTE', { active: false }))).toEqual(['editar', 'reactivar'])
    expect(allowed(ana, account('AGENTE', { email: null }))).toEqual(['editar', 'desactivar'])
  })

  it('nobody deactivates himself, and everybody is told why', () => {
    expect(reason(viewer('ADMINISTRADOR'), 'desactivar', account('ADMINISTRADOR', { id: 1 }))).toMatch(/propia cuenta/)
    expect(reason(viewer('SUPERVISOR'), 'editar', account('ADMINISTRADOR'))).toMatch(/mayor rango/)
  })
})

describe('what may be made of an account', () => {
  it.each([
    ['ADMINISTRADOR', ['ADMINISTRADOR', 'SUPERVISOR', 'AGENTE', 'EMPLEADO', 'CLIENTE']],
    ['SUPERVISOR', ['SUPERVISOR', 'AGENTE', 'EMPLEADO', 'CLIENTE']],
    ['AGENTE', ['AGENTE', 'EMPLEADO', 'CLIENTE']],
    ['USUARIO', []],
  ] as const)('a %s creates nobody above himself', (role, types) => {
    expect(typesFor(viewer(role), null)).toEqual(types)
  })

  it('only an Administrador changes a role, and never his own', () => {
    expect(typesFor(viewer('ADMINISTRADOR'), account('AGENTE'))).toHaveLength(5)
    expect(typesFor(viewer('ADMINISTRADOR'), account('ADMINISTRADOR', { id: 1 }))).toEqual(['ADMINISTRADOR'])
    expect(typesFor(viewer('SUPERVISOR'), account('AGENTE'))).toEqual(['AGENTE'])
  })

  it('only an Administrador changes his own areas', () => {
    expect(mayChangeAreas(viewer('ADMINISTRADOR'), account('ADMINISTRADOR', { id: 1 }))).toBe(true)
    expect(mayChangeAreas(viewer('SUPERVISOR'), account('SUPERVISOR', { id: 1 }))).toBe(false)
    expect(mayChangeAreas(viewer('SUPERVISOR'), account('AGENTE'))).toBe(true)
  })
})
