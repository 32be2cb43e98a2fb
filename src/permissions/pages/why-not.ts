import { z } from 'zod'
import { getTicket, type TicketDetail } from '../../tickets/detail.ts'
import { verbPhrases } from '../../tickets/labels.ts'
import { type Labelled, statusModel } from '../../tickets/models.ts'
import { paths as tickets } from '../../tickets/paths.ts'
import { type Verb, verbs } from '../../tickets/policy.ts'
import { roleLabels } from '../../users/labels.ts'
import { type FoundPerson, findPerson, searchPeople } from '../../users/search.ts'
import { findPersonalized } from '../../users/viewer.ts'
import { NotFound } from '../../web/errors.ts'
import { type FieldError, id } from '../../web/forms.ts'
import { withQuery } from '../../web/listing.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { type ExplainedVerdict, type Explanation, explain } from '../explanation.ts'
import { paths } from '../paths.ts'
import type { PermissionDependencies } from './dependencies.ts'
import { type Part, verdictParts, visibilityParts } from './explanation-texts.ts'

interface Option {
  value: string
  label: string
  help?: string
}

/** What was found out about a person and a ticket. */
interface AnswerModel {
  person: string
  role: string
  ticket: { number: number; href: string; subject: string; status: Labelled<TicketDetail['status']> }
  /** Null when the account is not active: then nothing else matters. */
  visibility: null | { visible: boolean; parts: Part[] }
  /** One action with all its parts. */
  one: null | { allowed: boolean; title: string; said: string; parts: Part[] }
  /** All actions, each leading to its parts; none on a ticket that he does not see. */
  all: { label: string; allowed: boolean; reason: string; href: string }[]
}

export interface WhyNotModel {
  title: string
  lead: string
  action: string
  permissionsHref: string
  values: { buscar: string; persona: string; ticket: string; accion: string }
  people: Option[]
  note: string
  actions: Option[]
  errors: FieldError[]
  answer: AnswerModel | null
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'permissions/why-not': WhyNotModel
  }
}

const written = z.string().trim().max(100).default('').catch('')

export const whyNotQuery = z.object({
  buscar: written,
  persona: written,
  ticket: written.transform(value => value.replace(/^#/, '')),
  accion: z.enum(verbs).or(z.literal('')).default('').catch(''),
})

type Query = z.infer<typeof whyNotQuery>

/** Why somebody may do something to a ticket or not. Everything is in the address; it only reads. */
export async function showWhyNot(deps: PermissionDependencies, { query, res }: Call<unknown, Query>) {
  const { chosen, options, note } = await peopleFor(deps, query)
  const ticket = await ticketFor(deps, query.ticket)
  const errors = errorsOf(query, chosen, ticket)
  const model: WhyNotModel = {
    title: '¿Por qué no puedo?',
    lead: 'Elija una persona y un ticket para saber qué puede hacer con él, qué no, y por qué.',
    action: paths.whyNot,
    permissionsHref: paths.permissions,
    values: { ...query, persona: chosen ? String(chosen.id) : '' },
    people: options,
    note,
    actions: verbs.map(verb => ({ value: verb, label: capitalized(phraseOf(verb)) })),
    errors,
    answer: chosen && ticket ? await answerTo(deps, chosen, ticket, query) : null,
  }
  page(res, 'permissions/why-not', model, errors.length > 0 ? 422 : 200)
}

async function peopleFor({ db }: PermissionDependencies, { buscar, persona }: Query) {
  const wanted = id().safeParse(persona)
  const found = await searchPeople(db, buscar, { inactive: true })
  const before = wanted.success ? await findPerson(db, wanted.data, { inactive: true }) : null
  const [only] = found.people.length === 1 ? found.people : []
  const chosen = before ?? only ?? null
  const others = found.people.filter(({ id }) => id !== chosen?.id)
  return { chosen, options: [chosen ?? [], others].flat().map(optionOf), note: noteOf(buscar, found) }
}

const optionOf = ({ id, name, email, role }: FoundPerson): Option => ({
  value: String(id),
  label: name,
  help: [email, roleLabels[role]].filter(Boolean).join(' · '),
})

function noteOf(search: string, { people, more }: { people: readonly FoundPerson[]; more: boolean }): string {
  if (search === '') return ''
  if (more) return 'Hay más personas que coinciden. Escriba algo más para precisar.'
  return people.length > 0 ? '' : 'Nadie coincide. Escriba al menos tres letras seguidas del nombre o del correo.'
}

async function ticketFor({ db, clock }: PermissionDependencies, number: string): Promise<TicketDetail | null> {
  const wanted = id().safeParse(number)
  if (!wanted.success) return null
  return getTicket(db, [{ by: 'all' }], wanted.data, clock.now()).catch(error => {
    if (error instanceof NotFound) return null
    throw error
  })
}

function errorsOf({ ticket: number }: Query, chosen: FoundPerson | null, ticket: TicketDetail | null): FieldError[] {
  if (number === '') return []
  return [
    ...(chosen ? [] : [{ field: 'persona', message: 'Busque y elija una persona.' }]),
    ...(ticket ? [] : [{ field: 'ticket', message: 'No hay ningún ticket con ese número.' }]),
  ]
}

async function answerTo(
  { db }: PermissionDependencies,
  { id, name, role }: FoundPerson,
  ticket: TicketDetail,
  { accion }: Query,
): Promise<AnswerModel> {
  const { number, subject, status } = ticket
  const asked = await findPersonalized(db, id)
  const explanation = asked && (await explain(db, asked, ticket))
  const chosen = explanation?.verdicts.find(({ verb }) => verb === accion)
  return {
    person: name,
    role: roleLabels[role],
    ticket: { number, href: tickets.ticket(number), subject, status: statusModel(status) },
    visibility: explanation && {
      visible: explanation.visible,
      parts: visibilityParts(explanation.clauses, role),
    },
    one: explanation && chosen ? oneOf(explanation, chosen, ticket, name, asked.viewer.role) : null,
    all: explanation?.visible && !chosen ? explanation.verdicts.map(each => rowOf(each, id, number)) : [],
  }
}

function oneOf(
  { visible }: Explanation,
  explained: ExplainedVerdict,
  ticket: TicketDetail,
  name: string,
  role: FoundPerson['role'],
): AnswerModel['one'] {
  const { verb, verdict } = explained
  const allowed = visible && verdict.allowed
  return {
    allowed,
    title: `${name} ${allowed ? 'puede' : 'no puede'} ${phraseOf(verb, ticket.number)}`,
    said: saidOf(visible, explained),
    parts: verdictParts(explained, ticket, role),
  }
}

/** What the person reads when he tries; '' when nothing keeps him, or when there is nothing that he could try. */
const saidOf = (visible: boolean, { verdict }: ExplainedVerdict): string =>
  visible && !verdict.allowed ? verdict.reason : ''

const rowOf = (explained: ExplainedVerdict, persona: number, ticket: number) => ({
  label: capitalized(phraseOf(explained.verb)),
  allowed: explained.verdict.allowed,
  reason: saidOf(true, explained),
  href: withQuery(paths.whyNot, { persona, ticket, accion: explained.verb }),
})

/** "cerrar la incidencia del ticket #7" */
const phraseOf = (verb: Verb, number?: number) =>
  `${verbPhrases[verb]} el ticket${number === undefined ? '' : ` #${number}`}`.replace(/ de el /, ' del ')

const capitalized = (text: string) => text.charAt(0).toLocaleUpperCase('es') + text.slice(1)
