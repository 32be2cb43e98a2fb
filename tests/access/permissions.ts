import { recordAudit } from '../../src/audit/record.ts'
import type { RowsOf } from './row.ts'

/** Permissions and audit. */
//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const permissionRows: RowsOf = ({ cast, clock, db }) => {
  const { ids } = cast
  const employee = async () => {
    await db.prisma.userPermission.deleteMany({ where: { userId: ids.pedro } })
    return { parameters: { id: ids.pedro }, form: { vistos: 'AGENTE' } }
  }
  const entry = async () => {
    await recordAudit(db.prisma, { id: ids.ana, address: '' }, clock.now(), { kind: 'area.creada' })
    const { id } = await db.prisma.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })
    return { parameters: { id } }
  }
  const form = { 'tickets.cancelar': 'conceder' }
  const ADMINISTRADOR = 'in 403 403 403 403 403 403 200 in'
  return {
    'get /administracion/permisos': { answers: ADMINISTRADOR },
    'get /administracion/permisos/:id': { answers: ADMINISTRADOR, given: employee },
    'post /administracion/permisos/:id': { answers: 'in 403 403 403 403 403 403 303 in', form, given: employee },
    'post /administracion/permisos/:id/vista-previa': { answers: ADMINISTRADOR, form, given: employee },
    'post /administracion/permisos/:id/eleccion': { answers: ADMINISTRADOR, form, given: employee },
    'get /administracion/por-que-no': { answers: ADMINISTRADOR },
    'get /administracion/auditoria': { answers: ADMINISTRADOR },
    'post /administracion/auditoria/exportacion': { answers: ADMINISTRADOR, form: {} },
    'get /administracion/auditoria/:id': { answers: ADMINISTRADOR, given: entry },
  }
}
