import type { Database } from '../platform/db.ts'
import { addEntry } from '../tickets/actions/add-entry.ts'
import { assignTicket } from '../tickets/actions/assign.ts'
import { closeTicket } from '../tickets/actions/close.ts'
import { createTicket } from '../tickets/actions/create.ts'
import { clearImpediment, reportImpediment } from '../tickets/actions/impede.ts'
import { reopenTicket } from '../tickets/actions/reopen.ts'
import { startTicket } from '../tickets/actions/start.ts'
import type { ActionContext } from '../tickets/actions/step.ts'
import type { Viewer } from '../web/access.ts'
import type { Deed } from './deeds.ts'
import { createOpinions } from './opinions.ts'
import type { Directory } from './organization.ts'
import type { PlannedEvent } from './plan.ts'

/**
 * Lets the events happen one after the other, each at its own time, through the actions that the pages use; between them people
 * answer what they are asked about their finished tickets.
 */
export async function play(
  db: Database,
  directory: Directory,
  events: readonly PlannedEvent[],
  until: Date,
): Promise<void> {
  const numbers: number[] = []
  const creators: Viewer[] = []
  const opinions = createOpinions(db, until)
  for (const { at, ticket, by, deed } of events) {
    await opinions.giveUntil(at)
    const context: ActionContext = { db, clock: { now: () => at } }
    const viewer = directory.person(by)
    if (deed.kind === 'create') {
      creators[ticket] = viewer
      numbers[ticket] = await createTicket(context, viewer, {
        areaId: directory.area(deed.area),
        categoryId: directory.category(deed.area, deed.category),
        subject: deed.subject,
        description: deed.description,
      })
    } else {
      await carryOn(context, directory, viewer, numbers[ticket] ?? 0, deed)
    }
    const finished = deed.kind === 'close' && deed.action === 'finalizar'
    if (finished) opinions.expect(creators[ticket] ?? viewer, numbers[ticket] ?? 0, at)
  }
  await opinions.giveUntil(until)
}

async function carryOn(
  context: ActionContext,
  directory: Directory,
  viewer: Viewer,
  number: number,
  deed: Exclude<Deed, { kind: 'create' }>,
): Promise<void> {
  if (deed.kind === 'write') {
    await addEntry(context, viewer, number, deed)
    return
  }
  if (deed.kind === 'impede') {
    await reportImpediment(context, viewer, number, deed)
    return
  }
  if (deed.kind === 'clear') {
    const open = { ticketNumber: number, closedAt: null }
    const { id } = await context.db.prisma.impediment.findFirstOrThrow({ where: open, select: { id: true } })
    await clearImpediment(context, viewer, number, { impedimentId: id, text: deed.text })
    return
  }
  const { version } = await context.db.prisma.ticket.findUniqueOrThrow({
    where: { number },
    select: { version: true },
  })
  switch (deed.kind) {
    case 'assign': {
      const { person, group } = deed.owner
      const assigneeId = person ? directory.person(person).id : null
      const assigneeGroupId = group ? directory.group(deed.area, group) : null
      await assignTicket(context, viewer, number, { version, note: deed.note, owner: { assigneeId, assigneeGroupId } })
      break
    }
    case 'start':
      await startTicket(context, viewer, number, version)
      break
    case 'close':
      await closeTicket(context, viewer, number, { action: deed.action, version, text: deed.text })
      break
    case 'reopen':
      await reopenTicket(context, viewer, number, { version, reason: deed.reason, owner: null })
  }
}
