import { chainStart, follows, type SealedEntry } from './seal.ts'

/** Where a chain ends, as it was recorded when its last entry was written. */
export interface ChainEnd {
  entries: number
  head: Buffer
}

/** Everything that the database holds of one bitácora. */
export interface StoredLog {
  ticketNumber: number
  ticketExists: boolean
  /** In the order of seq. */
  entries: readonly SealedEntry[]
  end: ChainEnd | null
}

type Fault = 'alterada' | 'recalculada' | 'borrada' | 'reordenada' | 'insertada' | 'sin final' | 'sin ticket'

/** The first thing that is wrong with a bitácora. */
export interface Finding {
  ticketNumber: number
  fault: Fault
  /** Its place in the bitácora, from 1; null when no single entry is to blame. */
  place: number | null
  /** Null for one that is missing. */
  id: number | null
}

const SENTENCES: Record<Fault, string> = {
  alterada: 'fue alterada: su contenido no corresponde a su sello',
  recalculada: 'ella o alguna anterior fue alterada, y los sellos se volvieron a calcular',
  borrada: 'fue borrada',
  reordenada: 'fue cambiada de lugar',
  insertada: 'fue insertada: no pertenece a la cadena',
  'sin final': 'falta el registro de dónde termina la bitácora',
  'sin ticket': 'el ticket fue borrado y quedó parte de su bitácora',
}

/** "Ticket #12, entrada 3 (id 45): fue borrada." */
export function describeFinding({ ticketNumber, fault, place, id }: Finding): string {
  const entry = place === null ? '' : `, entrada ${place}${id === null ? '' : ` (id ${id})`}`
  return `Ticket #${ticketNumber}${entry}: ${SENTENCES[fault]}.`
}

/** @returns the first thing that is wrong, or null when the bitácora is as it was written */
export function diagnose(log: StoredLog): Finding | null {
  const { ticketNumber, ticketExists, entries, end } = log
  const whole = (fault: Fault): Finding => ({ ticketNumber, fault, place: null, id: null })
  const missing = (place: number): Finding => ({ ticketNumber, fault: 'borrada', place, id: null })
  const at = (index: number, fault: Fault): Finding => ({
    ticketNumber,
    fault,
    place: index + 1,
    id: entries[index]?.id ?? null,
  })
  if (!ticketExists) return whole('sin ticket')
  const broken = firstBroken(log)
  if (broken !== null) return explain(log, broken, at, missing)
  // Every ticket is born with an entry.
  if (entries.length < (end?.entries ?? 1)) return missing(entries.length + 1)
  if (end === null) return whole('sin final')
  if (entries.length > end.entries) return at(end.entries, 'insertada')
  return entries.at(-1)?.hash.equals(end.head) ? null : at(entries.length - 1, 'recalculada')
}

/** The index of the first entry that does not follow the one before it, or null. */
function firstBroken({ ticketNumber, entries }: StoredLog): number | null {
  let head = chainStart(ticketNumber)
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1 || !follows(head, entry)) return index
    head = entry.hash
  }
  return null
}

type FindingAt = (index: number, fault: Fault) => Finding

function explain(log: StoredLog, index: number, at: FindingAt, missing: (place: number) => Finding): Finding {
  const { ticketNumber, entries, end } = log
  const entry = entries[index] as SealedEntry
  const heads = [chainStart(ticketNumber), ...entries.map(each => each.hash)]
  const head = heads[index] as Buffer
  if (follows(head, entry)) return at(index, 'reordenada')
  // Where it was before: heads[k] is what entries[k] follows.
  const origin = heads.findIndex(each => follows(each, entry))
  if (origin > index) return at(index, 'reordenada')
  if (origin !== -1) return at(origin, 'insertada')
  if (entries.slice(index + 1).some(later => follows(head, later))) return at(index, 'insertada')
  if (entry.seq > index + 1 || entries.length < (end?.entries ?? 0)) return missing(index + 1)
  return at(index, end !== null && entries.length > end.entries ? 'insertada' : 'alterada')
}
