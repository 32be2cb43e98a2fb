import type { z } from 'zod'
import { transaction } from '../../platform/db.ts'
import { csvMoment, sendCsv } from '../../web/csv.ts'
import { InvalidForm } from '../../web/errors.ts'
import type { Call } from '../../web/route.ts'
import { auditFilterForm } from '../filters.ts'
import type { downloadForm } from '../forms.ts'
import { namesIn } from '../names.ts'
import { peopleAskedFor, problemWith } from '../people.ts'
import { type AuditRequest, type AuditRow, eachEntry, newestEntry } from '../queries.ts'
import { actorOf, recordAudit } from '../record.ts'
import { type SpokenChange, spokenChanges, spokenKind, spokenSubject } from '../words.ts'
import type { AuditDependencies } from './dependencies.ts'

type DownloadCall = Call<unknown, unknown, z.infer<(typeof downloadForm)['schema']>>

/**
 * Sends the filtered list as a CSV, and writes down that it was: what leaves the system is known even if the download breaks.
 * @throws InvalidForm when it cannot be told whose entries are meant
 */
export async function downloadAudit({ db, clock }: AuditDependencies, call: DownloadCall) {
  const { form, region, res } = call
  const { zone } = region
  if (!form.ok) throw new InvalidForm('', form.errors[0]?.message ?? '')
  const filters = form.value
  const problem = await problemWith(db, filters.persona)
  if (problem) throw new InvalidForm('persona', problem)
  // The export itself is none of what was listed.
  const upTo = await newestEntry(db)
  const name = `auditoria-${csvMoment(clock.now(), zone).slice(0, 10)}.csv`
  const chosen = auditFilterForm(filters, region.locale).chips.map(({ label }) => label)
  await transaction(db, tx =>
    recordAudit(tx, actorOf(call), clock.now(), {
      kind: 'exportacion.descargada',
      subject: { type: 'archivo', id: null, name },
      ...(chosen.length > 0 && { changes: { filters: [null, chosen] } }),
    }),
  )
  await sendCsv(res, name, linesOf(db, { filters, people: peopleAskedFor(filters.persona), zone, upTo }))
}

const HEADINGS = ['Fecha y hora', 'Qué', 'Quién', 'Correo', 'Dirección', 'Sobre', 'Nombre', 'Cambios']

async function* linesOf(db: AuditDependencies['db'], request: AuditRequest): AsyncGenerator<string[]> {
  yield HEADINGS
  for await (const batch of eachEntry(db, request)) {
    const names = await namesIn(db, batch)
    for (const entry of batch) yield lineOf(entry, spokenChanges(entry.changes, names), request.zone)
  }
}

const lineOf = (entry: AuditRow, changes: SpokenChange[], zone: string) => [
  csvMoment(entry.createdAt, zone),
  spokenKind(entry.kind),
  entry.actor ?? '',
  entry.actorEmail ?? '',
  entry.address,
  entry.subjectType === null ? '' : spokenSubject(entry.subjectType),
  entry.subjectName ?? '',
  changes.map(({ field, before, after }) => `${field}: ${before} → ${after}`).join('; '),
]
