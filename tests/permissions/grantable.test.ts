import { describe, expect, it } from 'vitest'
import { catalog, permissionCodes } from '../../src/permissions/catalog.ts'
import { sqlStateOf } from '../../src/web/sql-state.ts'
import { createCast } from '../support/cast.ts'
import { useDatabase } from '../support/database.ts'

const { db } = await useDatabase()
const { ids } = await createCast(db)

const write = (userId: number, permission: string) =>
  db.prisma.userPermission.create({ data: { userId, permission, effect: 'DENEGAR' } }).catch(sqlStateOf)

describe('the database', () => {
  it('knows the same permissions for the same roles as the catalogue', async () => {
    const copy = await db.prisma.grantablePermission.findMany()
    const original = permissionCodes.flatMap(permission =>
      catalog[permission].grantable.map(role => ({ permission, role })),
    )
    const sorted = (rows: typeof copy) => rows.map(({ permission, role }) => `${permission} ${role}`).sort()
    expect(sorted(copy)).toEqual(sorted(original))
  })

  it.each([
    ['assigning to an Agente', ids.luis, 'tickets.asignar'],
    ['an area to an Agente', ids.luis, 'tickets.ver_area'],
    ['permissions to a Supervisor', ids.sara, 'permisos.administrar'],
    ['settings to a Supervisor', ids.sara, 'ajustes.administrar'],
    ['anything to an Administrador', ids.ana, 'tickets.cancelar'],
    ['anything to a Usuario', ids.clara, 'tickets.crear'],
    ['what there is not', ids.sara, 'tickets.inventado'],
  ])('refuses %s', async (_what, userId, permission) => {
    expect(await write(userId, permission)).toBe('TS009')
  })

  it('lets a new role begin with what it gives', async () => {
    await write(ids.pedro, 'tickets.comentar')
    await db.prisma.user.update({ where: { id: ids.pedro }, data: { name: 'Pedro' } })
    expect(await db.prisma.userPermission.count({ where: { userId: ids.pedro } })).toBe(1)
    await db.prisma.user.update({ where: { id: ids.pedro }, data: { role: 'SUPERVISOR' } })
    expect(await db.prisma.userPermission.count({ where: { userId: ids.pedro } })).toBe(0)
  })
})
