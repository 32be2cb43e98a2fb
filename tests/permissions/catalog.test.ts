import { describe, expect, it } from 'vitest'
import { Role } from '../../src/generated/prisma/enums.ts'
import { catalog, effectivePermissions, type Permission } from '../../src/permissions/catalog.ts'

const all = Object.keys(catalog) as Permission[]
const grantAll = all.map(permission => ({ permission, effect: 'CONCEDER' as const }))
const denyAll = all.map(permission => ({ permission, effect: 'DENEGAR' as const }))

describe('effective permissions', () => {
  it('of an Administrador are all there are, whatever is written about him', () => {
    expect([...effectivePermissions('ADMINISTRADOR', denyAll)]).toEqual(all)
  })

  it('of a Usuario are the same for everyone', () => {
    expect([...effectivePermissions('USUARIO', [...grantAll, ...denyAll])]).toEqual([
      'tickets.crear',
      'tickets.comentar',
    ])
  })

  it('never give an Agente assigning or the area, even from a row in the database', () => {
    const granted = effectivePermissions('AGENTE', grantAll)
    expect(granted.has('tickets.asignar')).toBe(false)
    expect(granted.has('tickets.ver_area')).toBe(false)
    expect(granted.has('tickets.cancelar')).toBe(true)
  })

  it('give nobody but an Administrador permissions, settings or every area', () => {
    for (const role of Object.values(Role)) {
      if (role === 'ADMINISTRADOR') continue
      const granted = effectivePermissions(role, grantAll)
      for (const code of ['permisos.administrar', 'ajustes.administrar', 'tickets.ver_todos'] as const) {
        expect(granted.has(code), `${role} ${code}`).toBe(false)
      }
    }
  })

  it('let a denial win over a grant', () => {
    const both = [
      { permission: 'tickets.comentar', effect: 'CONCEDER' as const },
      { permission: 'tickets.comentar', effect: 'DENEGAR' as const },
    ]
    expect(effectivePermissions('AGENTE', both).has('tickets.comentar')).toBe(false)
  })

  it('of a Supervisor hold those of an Agente', () => {
    const supervisor = effectivePermissions('SUPERVISOR', [])
    for (const code of effectivePermissions('AGENTE', [])) expect(supervisor.has(code), code).toBe(true)
  })
})
