import type { AttachmentModel } from '../attachments/models.ts'
import type { LogEntryKind, TicketStatus } from '../generated/prisma/enums.ts'
import { initials, type Moment, plural, relativeTime } from '../web/format.ts'
import { changedOf, deedOf } from './changes.ts'
import type { EntryRow } from './detail.ts'
import type { Present } from './models.ts'

/** An entry of the bitácora as the timeline shows it. */
export interface TimelineEntry {
  /** For its own link: "entrada-12". */
  anchor: string
  icon: string
  /** The state that it led to; null for what changed none. */
  state: TicketStatus | null
  author: string | null
  initials: string | null
  deed: string
  /** Before and after of what was reclassified. */
  changed: string[]
  at: Moment
  text: string
  internal: boolean
  /** What hangs on it; what hangs on the first entry is the ticket's own and shown with its description. */
  attachments: AttachmentModel[]
}

/** A long bitácora is folded in the middle; a short one is all `first`. */
export interface Timeline {
  first: TimelineEntry[]
  /** Leads to the page with all of it; null when nothing is left out. */
  fold: { label: string; href: string } | null
  last: TimelineEntry[]
}

const ICONS: Record<LogEntryKind, string> = {
  CREACION: 'ticket',
  IMPORTACION: 'file-import',
  ASIGNACION: 'user-check',
  INICIO: 'player-play',
  COMENTARIO: 'message',
  FINALIZACION: 'circle-check',
  CANCELACION: 'ban',
  REAPERTURA: 'rotate-clockwise',
  RECLASIFICACION: 'tags',
  CONFIRMACION: 'thumb-up',
  INCIDENCIA: 'barrier-block',
  INCIDENCIA_CERRADA: 'barrier-block-off',
  ENCUESTA: 'clipboard-check',
}

const STATES: Record<LogEntryKind, TicketStatus | null> = {
  CREACION: 'REGISTRADO',
  IMPORTACION: null,
  ASIGNACION: 'ASIGNADO',
  INICIO: 'EN_PROCESO',
  COMENTARIO: null,
  FINALIZACION: 'FINALIZADO',
  CANCELACION: 'CANCELADO',
  REAPERTURA: 'EN_PROCESO',
  RECLASIFICACION: null,
  CONFIRMACION: null,
  INCIDENCIA: null,
  INCIDENCIA_CERRADA: null,
  ENCUESTA: null,
}

const SHOWN_FIRST = 5
const SHOWN_LAST = 15
/** Folding away two or three would cost more attention than it saves. */
const SHORT = SHOWN_FIRST + SHOWN_LAST + 5

/** What is read of a bitácora that may be folded: at least all of a short one. */
export const ends = { first: SHORT, last: SHOWN_LAST }

/**
 * @param read all entries, or what {@link ends} has of them
 * @param attachments by the id of the entry on which they hang
 * @param wholeHref the page that shows a long one unfolded; null on that page
 */
export function timeline(
  { entries, total }: { entries: readonly EntryRow[]; total: number },
  attachments: ReadonlyMap<number, AttachmentModel[]>,
  present: Present,
  wholeHref: string | null,
): Timeline {
  const model = (entry: EntryRow) => timelineEntry(entry, present, attachments.get(entry.id))
  const hidden = entries[SHOWN_FIRST]
  if (total <= SHORT || wholeHref === null || !hidden) return { first: entries.map(model), fold: null, last: [] }
  const count = plural(total - SHOWN_FIRST - SHOWN_LAST, 'entrada', 'entradas', present.locale)
  return {
    first: entries.slice(0, SHOWN_FIRST).map(model),
    fold: { label: `Mostrar ${count} más`, href: `${wholeHref}#${anchorOf(hidden)}` },
    last: entries.slice(-SHOWN_LAST).map(model),
  }
}

const anchorOf = ({ id }: EntryRow) => `entrada-${id}`

function timelineEntry(entry: EntryRow, present: Present, attachments: AttachmentModel[] = []): TimelineEntry {
  const internal = entry.visibility === 'INTERNA'
  return {
    anchor: anchorOf(entry),
    icon: ICONS[entry.kind],
    state: STATES[entry.kind],
    author: entry.author,
    initials: entry.author && initials(entry.author),
    deed: internal ? 'escribió una nota interna' : deedOf(entry),
    changed: changedOf(entry),
    at: relativeTime(entry.createdAt, present.now, present),
    text: entry.text,
    internal,
    attachments,
  }
}
