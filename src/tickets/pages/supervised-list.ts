import { TicketStatus } from '../../generated/prisma/enums.ts'
import { boundedCount } from '../../web/format.ts'
import { withQuery } from '../../web/listing.ts'
import { limitOf } from '../counts.ts'
import { optionsAndCounts } from '../filter-options.ts'
import { statusTabLabels } from '../labels.ts'
import { chosenIn, chosenParameters, listRequest, lists } from '../lists.ts'
import type { TicketDependencies } from './dependencies.ts'
import { type EmptyState, type ListCall, readList, showList, type Tab } from './list.ts'

const ALL = Object.values(TicketStatus)

/** Tickets: what a person supervises, a tab for each state. */
export async function showSupervised(deps: TicketDependencies, call: ListCall) {
  const [read, { tabs, options }] = await Promise.all([readList(deps, call, lists.supervised), readTabs(deps, call)])
  const status = read.chosen.status ?? 'REGISTRADO'
  showList(deps, call, lists.supervised, read, {
    title: 'Tickets',
    lead: '',
    spoken: `Tickets ${statusTabLabels[status].toLowerCase()}`,
    options,
    tabs,
    empty: emptyTab(status),
  })
}

/** The tabs with their counts, and what the filters offer. */
async function readTabs({ db, clock }: TicketDependencies, { viewer, region, query }: ListCall) {
  const { supervised } = lists
  const chosen = chosenIn(supervised, query)
  const request = listRequest(supervised, viewer, chosen, { zone: region.zone, now: clock.now() })
  const { counts, options } = await optionsAndCounts(db, viewer, { ...request, statuses: ALL })
  const tabs = ALL.map(
    (status): Tab => ({
      label: statusTabLabels[status],
      count: boundedCount(counts[status], limitOf(request.filters), region.locale),
      href: withQuery(supervised.path, chosenParameters(supervised, { ...chosen, status })),
      current: status === chosen.status,
    }),
  )
  return { tabs, options }
}

function emptyTab(status: TicketStatus): EmptyState {
  const text = status === 'REGISTRADO' ? 'Todo lo que llegó ya tiene responsable.' : 'Aquí aparecerán cuando los haya.'
  const title = `No hay tickets ${statusTabLabels[status].toLowerCase()}`
  return { icon: 'inbox', title, text, action: null }
}
