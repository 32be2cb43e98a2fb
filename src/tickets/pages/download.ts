import type { z } from 'zod'
import { actorOf, recordAudit } from '../../audit/record.ts'
import { transaction } from '../../platform/db.ts'
import { csvMoment, sendCsv } from '../../web/csv.ts'
import { InvalidForm } from '../../web/errors.ts'
import type { Call } from '../../web/route.ts'
import { exportLines } from '../export.ts'
import { ticketFilterForm } from '../filter-form.ts'
import { filterOptions } from '../filter-options.ts'
import { filtersOf } from '../filters.ts'
import type { listExportForm } from '../forms.ts'
import { statusTabLabels } from '../labels.ts'
import { sorts } from '../list-order.ts'
import { type Chosen, chosenIn, listRequest, type TicketListing } from '../lists.ts'
import type { TicketDependencies } from './dependencies.ts'

type ExportCall = Call<unknown, unknown, z.infer<(typeof listExportForm)['schema']>>

/** Sends a list as a CSV, and writes down that it was: what leaves the system is known even if the download breaks. */
export async function downloadList(deps: TicketDependencies, call: ExportCall, listing: TicketListing) {
  const { db, clock } = deps
  const { form, viewer, region, res } = call
  if (!form.ok) throw new InvalidForm('', form.errors[0]?.message ?? '')
  const now = clock.now()
  const chosen = chosenIn(listing, form.value)
  const name = `${listing.fileName}-${csvMoment(now, region.zone).slice(0, 10)}.csv`
  const filters = await spokenChoice(deps, call, listing, chosen)
  await transaction(db, tx =>
    recordAudit(tx, actorOf(call), now, {
      kind: 'exportacion.descargada',
      subject: { type: 'archivo', id: null, name },
      changes: { filters: [null, filters] },
    }),
  )
  const request = listRequest(listing, viewer, chosen, { zone: region.zone, now })
  await sendCsv(res, name, exportLines(db, request, region.zone))
}

/** What was chosen, in words, for the audit. */
async function spokenChoice(
  { db }: TicketDependencies,
  { viewer, region }: ExportCall,
  listing: TicketListing,
  chosen: Chosen,
): Promise<string[]> {
  const options = listing.byPlace ? await filterOptions(db, viewer, filtersOf(chosen.filters, listing)) : null
  return [
    ...(listing.tabbed && chosen.status ? [statusTabLabels[chosen.status]] : []),
    ...ticketFilterForm(listing, chosen, options, region.locale).chips.map(({ label }) => label),
    `Orden: ${sorts[chosen.order].label}`,
  ]
}
