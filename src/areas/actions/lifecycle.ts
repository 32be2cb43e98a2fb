import { type Actor, recordAudit } from '../../audit/record.ts'
import { transaction } from '../../platform/db.ts'
import { countOpenTickets, spokenOpenTickets } from '../../tickets/open-tickets.ts'
import { Conflict } from '../../web/errors.ts'
import { type AreaContext, lockArea } from './locked.ts'

interface Target {
  id: number
  version: number
}

/** Why an area with open tickets stays. @param tickets as spoken by spokenOpenTickets */
export const keptBy = (tickets: string) =>
  `Tiene ${tickets}. Antes de archivarla hay que finalizarlos, cancelarlos o pasarlos a otra área.`

/** No new ticket comes into an archived area; what it has can still be read. @throws Conflict while it has open tickets */
export async function archiveArea({ db, clock }: AreaContext, actor: Actor, target: Target): Promise<string> {
  return transaction(db, async tx => {
    const { id, name, active } = await lockArea(tx, target.id, target.version)
    if (!active) throw new Conflict('El área ya está archivada.')
    const open = await countOpenTickets(tx, { areaId: id })
    if (open) throw new Conflict(keptBy(spokenOpenTickets(open)))
    await tx.area.update({ where: { id }, data: { active: false, version: { increment: 1 } }, select: { id: true } })
    await recordAudit(tx, actor, clock.now(), { kind: 'area.archivada', subject: { type: 'area', id, name } })
    return name
  })
}

export async function restoreArea({ db, clock }: AreaContext, actor: Actor, target: Target): Promise<string> {
  return transaction(db, async tx => {
    const { id, name, active } = await lockArea(tx, target.id, target.version)
    if (active) throw new Conflict('El área no está archivada.')
    await tx.area.update({ where: { id }, data: { active: true, version: { increment: 1 } }, select: { id: true } })
    await recordAudit(tx, actor, clock.now(), { kind: 'area.restaurada', subject: { type: 'area', id, name } })
    return name
  })
}
