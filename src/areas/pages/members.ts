import { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { mayHandOver } from '../../tickets/actions/hand-over.ts'
import { statusLabels } from '../../tickets/labels.ts'
import { sorts } from '../../tickets/list-order.ts'
import { countOpenTickets, openTicketsLink, spokenOpenTickets } from '../../tickets/open-tickets.ts'
import { listOwners, ownerChoices } from '../../tickets/owners.ts'
import { paths as tickets } from '../../tickets/paths.ts'
import { listTickets } from '../../tickets/queries.ts'
import { visibleTo } from '../../tickets/visibility.ts'
import { roleLabels } from '../../users/labels.ts'
import { mayChangeAreas } from '../../users/policy.ts'
import { plural } from '../../web/format.ts'
import { type FieldError, id } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { type Refusal, save, statusOfForm } from '../../web/saving.ts'
import type { AreaContext } from '../actions/locked.ts'
import { addMembers, removeMember } from '../actions/members.ts'
import { limits, type membersForm, type removalForm } from '../forms.ts'
import { paths } from '../paths.ts'
import { type Area, type Employee, findCandidates, getArea, getMember, MOST_CANDIDATES } from '../queries.ts'
import type { areaParams } from './area.ts'

interface Above {
  label: string
  href: string
}

/** Employees to tick who are to belong to an area. */
export interface AddMembersPage {
  title: string
  above: Above
  action: string
  search: string
  /** What the search came to. */
  note: string
  people: { value: string; label: string; help: string; checked: boolean }[]
  errors: FieldError[]
}

/** A member of an area: what he does there, and the form with which he leaves it. */
export interface MemberPage {
  title: string
  above: Above
  facts: { label: string; value: string }[]
  removal: {
    action: string
    /** What leaving means. */
    help: string
    /** Where his open tickets go; null without any. */
    handOver: null | HandOverModel
    /** Why he cannot leave yet; '' when he can. */
    withheld: string
    errors: FieldError[]
  }
}

interface HandOverModel {
  /** "3 tickets abiertos" */
  count: string
  /** Those that the viewer may see, newest first. */
  tickets: { title: string; href: string; status: { code: string; label: string } }[]
  /** All of them, where the viewer supervises the area. */
  link: { label: string; href: string } | null
  owners: { group: string; options: { value: string; label: string }[] }[]
  values: { responsable: string; nota: string }
  maxLength: number
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'areas/add-members': AddMembersPage
    'areas/member': MemberPage
  }
}

type AreaCall<Q = unknown, F = unknown> = Call<z.infer<typeof areaParams>, Q, F>

export const candidatesQuery = z.object({ buscar: z.string().trim().max(100).default('').catch('') })

export async function showAddMembers(
  { db }: AreaContext,
  { viewer, params, res }: Pick<AreaCall, 'viewer' | 'params' | 'res'>,
  buscar: string,
  refusal?: Refusal,
) {
  const area = await getArea(db.prisma, params.id)
  const found = await findCandidates(db, area.id, buscar, mayChangeAreas(viewer, viewer) ? null : viewer.id)
  const ticked = refusal?.ticked.personas ?? []
  const model: AddMembersPage = {
    title: `Agregar personas a ${area.name}`,
    above: { label: area.name, href: paths.area(area.id) },
    action: paths.members(area.id),
    search: buscar,
    note: noteOf(buscar, found),
    people: found.people.map(person => ({
      value: String(person.id),
      label: person.name,
      help: [person.email, roleLabels[person.role]].filter(Boolean).join(' · '),
      checked: ticked.includes(String(person.id)),
    })),
    errors: refusal?.errors ?? [],
  }
  page(res, 'areas/add-members', model, statusOfForm(refusal))
}

function noteOf(search: string, { people, more }: { people: readonly Employee[]; more: boolean }): string {
  if (more) return `Se muestran ${MOST_CANDIDATES} personas; hay más. Escriba parte del nombre o del correo.`
  if (people.length > 0)
    return plural(people.length, 'persona que no pertenece al área.', 'personas que no pertenecen al área.')
  return search
    ? 'Ninguna otra persona activa coincide con lo que escribió.'
    : 'Todos los empleados activos ya pertenecen al área.'
}

export async function submitMembers(
  deps: AreaContext,
  call: AreaCall<unknown, z.infer<(typeof membersForm)['schema']>>,
) {
  const { params, form } = call
  await save(
    deps,
    call,
    async (deps, { personas }) => {
      const names = await addMembers(deps, authorOf(call), params.id, personas)
      const said = names.length === 1 ? `${names[0]} ya pertenece` : `${names.join(', ')} ya pertenecen`
      return { path: paths.area(params.id), text: `${said} al área. Tiene que ingresar de nuevo quien estaba dentro.` }
    },
    refusal => showAddMembers(deps, call, form.typed.buscar ?? '', refusal),
  )
}

const authorOf = (call: AreaCall) => ({ viewer: call.viewer, actor: actorOf(call), session: call.req.sessionID })

export const memberParams = z.object({ id: id(), userId: id() })
type MemberCall<F = unknown> = Call<z.infer<typeof memberParams>, unknown, F>

export async function showMember(
  deps: AreaContext,
  { viewer, region, params, res }: Pick<MemberCall, 'viewer' | 'region' | 'params' | 'res'>,
  refusal?: Refusal,
) {
  const { db } = deps
  const area = await getArea(db.prisma, params.id)
  const member = await getMember(db, area.id, params.userId)
  const handOver = await handOverOf(deps, { viewer, region }, area, member, refusal?.typed ?? {})
  const verdict = mayHandOver(viewer, { personId: member.id, areaId: area.id })
  const groups = member.groups.length > 0 ? ` y sus grupos (${member.groups.join(', ')})` : ''
  const model: MemberPage = {
    title: member.name,
    above: { label: area.name, href: paths.area(area.id) },
    facts: [
      { label: 'Correo', value: member.email ?? 'No tiene' },
      { label: 'Rol', value: roleLabels[member.role] },
      { label: 'Grupos del área', value: member.groups.join(', ') || 'Ninguno' },
      { label: 'Cuenta', value: member.active ? 'Activa' : 'Inactiva' },
    ],
    removal: {
      action: paths.removal(area.id, member.id),
      help: `Deja el área${groups}. Sus sesiones se cierran; lo que escribió en los tickets se conserva.`,
      handOver,
      withheld: handOver && !verdict.allowed ? verdict.reason : '',
      errors: refusal?.errors ?? [],
    },
  }
  page(res, 'areas/member', model, statusOfForm(refusal))
}

async function handOverOf(
  { db, clock }: AreaContext,
  { viewer, region }: Pick<MemberCall, 'viewer' | 'region'>,
  area: Area,
  member: Employee,
  typed: Record<string, string>,
): Promise<HandOverModel | null> {
  const whose = { areaId: area.id, personId: member.id }
  const open = await countOpenTickets(db.prisma, whose)
  if (!open) return null
  const filters = { areaId: area.id, owner: { person: member.id } }
  const statuses = ['ASIGNADO', 'EN_PROCESO'] as const
  const narrowed = { clauses: visibleTo(viewer), statuses, filters, sort: sorts.recientes }
  const request = { ...narrowed, zone: region.zone, now: clock.now() }
  const [{ rows }, { people, groups }] = await Promise.all([
    listTickets(db, request, { direction: 'forward', from: null }),
    listOwners(db, area.id),
  ])
  return {
    count: spokenOpenTickets(open),
    tickets: rows.map(({ number, subject, status }) => ({
      title: `#${number} ${subject}`,
      href: tickets.ticket(number),
      status: { code: status, label: statusLabels[status] },
    })),
    link: openTicketsLink(viewer, whose, open),
    owners: ownerChoices({ people: people.filter(({ id }) => id !== member.id), groups }),
    values: { responsable: typed.responsable ?? '', nota: typed.nota ?? '' },
    maxLength: limits.note,
  }
}

export async function submitRemoval(deps: AreaContext, call: MemberCall<z.infer<(typeof removalForm)['schema']>>) {
  const { id: areaId, userId } = call.params
  await save(
    deps,
    call,
    async (deps, { responsable, nota }) => {
      const removal = { areaId, userId, owner: responsable, note: nota }
      const { name, handed } = await removeMember(deps, authorOf(call), removal)
      const moved =
        handed > 0 ? ` ${plural(handed, 'ticket cambió', 'tickets cambiaron', call.region.locale)} de responsable.` : ''
      return { path: paths.area(areaId), text: `${name} ya no pertenece al área.${moved}` }
    },
    refusal => showMember(deps, call, refusal),
  )
}
