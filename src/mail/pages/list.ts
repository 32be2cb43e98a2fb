import { z } from 'zod'
import { filterForm } from '../../web/filter-form.ts'
import { type Region, relativeTime } from '../../web/format.ts'
import { newestFirst, pageQuery, pageRequest, pagerLinks } from '../../web/listing.ts'
import type { ListingPage, ListingRow } from '../../web/listing-page.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { stateLabels, stateTones } from '../labels.ts'
import { paths } from '../paths.ts'
import { listMails, type MailRow } from '../queries.ts'
import type { MailDependencies } from './dependencies.ts'

export const listQuery = z.object({
  buscar: z
    .string()
    .transform(text => text.replaceAll('\0', '').trim().slice(0, 100))
    .catch(''),
  estado: z.enum(['enviado', 'guardado', 'fallido']).optional().catch(undefined),
  ...pageQuery(newestFirst),
})

type ListCall = Call<unknown, z.infer<typeof listQuery>>

export async function showMails(deps: MailDependencies, { region, query, res }: ListCall): Promise<void> {
  const { buscar, estado } = query
  const found = await listMails(deps.db, { state: estado, search: buscar }, pageRequest(query))
  const filtered = buscar !== '' || estado !== undefined
  const model: ListingPage = {
    title: 'Correo',
    lead: deps.delivers ? 'Lo que el sistema envía a las personas.' : WITHOUT_SERVER,
    actions: [],
    filters: filtersOf(deps, query),
    caption: 'Mensajes, del más reciente al más antiguo',
    columns: ['Mensaje', 'Estado', 'Fecha'],
    rows: found.rows.map(row => rowModel(deps, region, row)),
    pager: pagerLinks(newestFirst, found, paths.mails, { buscar, estado }),
    empty: filtered
      ? { ...EMPTY, text: 'Ninguno coincide con los filtros.', action: { label: 'Quitar filtros', href: paths.mails } }
      : EMPTY,
  }
  page(res, 'listing/index', model)
}

const WITHOUT_SERVER =
  'No hay un servidor de correo configurado: los mensajes se guardan aquí 72 horas para que usted los entregue.'

const EMPTY = {
  icon: 'mail',
  title: 'No hay mensajes',
  text: 'Aquí aparecen las invitaciones y los avisos que el sistema envía.',
}

function filtersOf({ delivers }: MailDependencies, { buscar, estado }: ListCall['query']) {
  const options = Object.entries(stateLabels(delivers)).map(([value, label]) => ({ value, label }))
  return filterForm(
    paths.mails,
    {},
    {
      search: { name: 'buscar', label: 'Destinatario o asunto', value: buscar },
      selects: [{ name: 'estado', label: 'Estado', value: estado ?? '', all: 'Todos', options }],
    },
  )
}

function rowModel({ clock, delivers }: MailDependencies, region: Region, row: MailRow): ListingRow {
  return {
    title: row.subject,
    href: paths.mail(row.number),
    note: row.state === 'fallido' ? `${row.recipient} · ${row.failure}` : row.recipient,
    cells: [
      { kind: 'badge', text: stateLabels(delivers)[row.state], tone: stateTones[row.state] },
      { kind: 'moment', moment: relativeTime(row.createdAt, clock.now(), region) },
    ],
  }
}
