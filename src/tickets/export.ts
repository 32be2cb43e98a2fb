import type { Database } from '../platform/db.ts'
import { csvMoment } from '../web/csv.ts'
import { categoryKindLabels, priorityLabels, statusLabels } from './labels.ts'
import type { ListRequest } from './list-places.ts'
import { type ExportRow, eachTicket } from './queries.ts'

const HEADINGS = [
  ...['Número', 'Asunto', 'Estado', 'Tipo', 'Categoría', 'Área', 'Prioridad', 'Solicitante'],
  ...['Responsable', 'Grupo', 'Registrado', 'Última actividad', 'Cerrado'],
]

/** A list as lines of cells, the headings first. @param zone IANA, in which times are told */
export async function* exportLines(
  db: Pick<Database, 'pool'>,
  request: ListRequest,
  zone: string,
): AsyncGenerator<string[]> {
  yield HEADINGS
  for await (const batch of eachTicket(db, request)) {
    for (const ticket of batch) yield lineOf(ticket, zone)
  }
}

const lineOf = (ticket: ExportRow, zone: string) => [
  String(ticket.number),
  ticket.subject,
  statusLabels[ticket.status],
  categoryKindLabels[ticket.kind],
  ticket.category,
  ticket.area,
  priorityLabels[ticket.priority],
  ticket.requester,
  ticket.assignee ?? '',
  ticket.assigneeGroup ?? '',
  csvMoment(ticket.createdAt, zone),
  csvMoment(ticket.lastActivityAt, zone),
  ticket.closedAt ? csvMoment(ticket.closedAt, zone) : '',
]
