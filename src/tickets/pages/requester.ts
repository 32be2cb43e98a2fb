import { z } from 'zod'
import { roleLabels } from '../../users/labels.ts'
import { FEWEST_LETTERS, type FoundPerson, findPerson, MOST_PEOPLE, searchPeople } from '../../users/search.ts'
import type { Viewer } from '../../web/access.ts'
import { id } from '../../web/forms.ts'
import type { Call } from '../../web/route.ts'
import type { Requester } from '../catalog.ts'
import { paths } from '../paths.ts'
import type { TicketDependencies } from './dependencies.ts'

/** A person to choose. */
export interface RequesterOption {
  value: string
  label: string
  /** Mail, organization and role, which tell people of one name apart. */
  help: string
}

/** For whom a new ticket is: the person himself, or whom a search found. */
export interface RequesterField {
  search: string
  /** Where the button sends the whole form, to have it back with what was found. */
  stepAction: string
  /** What a script asks while somebody types. */
  searchHref: string
  value: string
  options: RequesterOption[]
  /** What the search came to; '' before there is one. */
  note: string
}

type Typed = Record<string, string>

/** @returns the field, null without the permission; and whose categories the form offers */
export async function requesterField(
  { db }: TicketDependencies,
  viewer: Viewer,
  typed: Typed,
): Promise<{ field: RequesterField | null; requester: Requester }> {
  if (!viewer.permissions.has('tickets.crear_en_nombre')) return { field: null, requester: viewer }
  const wanted = id().safeParse(typed.solicitante)
  const chosen = wanted.success && wanted.data !== viewer.id ? await findPerson(db, wanted.data) : null
  const search = typed.buscar ?? ''
  const found = await searchPeople(db, search)
  const others = found.people.filter(({ id }) => id !== viewer.id && id !== chosen?.id)
  const field = {
    search,
    stepAction: paths.newTicket,
    searchHref: paths.requesters,
    value: chosen ? String(chosen.id) : '',
    options: [{ value: '', label: 'Para mí', help: viewer.name }, ...[chosen ?? [], others].flat().map(optionOf)],
    note: noteOf(search, found),
  }
  return { field, requester: chosen ?? viewer }
}

export const requesterQuery = z.object({ buscar: z.string().default('').catch('') })

/** The people whom a search finds, as JSON for the script of the form. */
export async function listRequesters(
  { db }: TicketDependencies,
  { viewer, query, res }: Call<unknown, { buscar: string }>,
) {
  const found = await searchPeople(db, query.buscar)
  const options = found.people.filter(({ id }) => id !== viewer.id).map(optionOf)
  res.json({ options, note: noteOf(query.buscar, found) })
}

function optionOf({ id, name, email, organization, role, kind }: FoundPerson): RequesterOption {
  const what = kind === 'CLIENTE' ? 'Cliente' : kind === 'EMPLEADO' ? 'Empleado' : roleLabels[role]
  return { value: String(id), label: name, help: [email, organization, what].filter(Boolean).join(' · ') }
}

function noteOf(search: string, { people, more }: { people: readonly FoundPerson[]; more: boolean }): string {
  if (search.trim() === '') return ''
  if (more) return `Se muestran ${MOST_PEOPLE} personas; hay más. Escriba algo más para precisar.`
  if (people.length > 0)
    return people.length === 1 ? 'Se encontró 1 persona.' : `Se encontraron ${people.length} personas.`
  if (search.split(/\s+/).every(word => word.length < FEWEST_LETTERS)) return 'Escriba al menos tres letras seguidas.'
  return 'Nadie coincide con lo que escribió.'
}
