import { z } from 'zod'
import type { TicketStatus } from '../../generated/prisma/enums.ts'
import { statusLabels } from '../../tickets/labels.ts'
import { paths as tickets } from '../../tickets/paths.ts'
import { formatDateTime, formatNumber, type Moment, plural, type Region, relativeTime } from '../../web/format.ts'
import { type Key, newestFirst, withQuery } from '../../web/listing.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { MOST_FOUND } from '../candidates.ts'
import { type Found, find, LAST_PAGE, PER_PAGE } from '../find.ts'
import { cleaned, numberIn } from '../language/terms.ts'
import { paths } from '../paths.ts'
import { findNumber, type ResultRow } from '../queries.ts'
import { hasHit, type Part, partsOf, snippetOf } from '../snippets.ts'
import type { SearchDependencies } from './dependencies.ts'

/** A ticket that was found. */
export interface Result {
  number: number
  href: string
  subject: Part[]
  requester: Part[]
  area: string
  status: { code: TicketStatus; label: string }
  created: Moment
  /** Where it was found, unless in its subject: out of the description or the bitácora. */
  snippet: Part[]
  fromLog: boolean
}

export interface SearchResults {
  /** How many there are, or that there are none. */
  summary: string
  /** What was probably meant. */
  meant: null | { text: string; href: string; shown: boolean; typed: string }
  results: Result[]
  pager: { previous: string | null; next: string | null }
  /** Where older tickets are looked for, and where one comes back from there. */
  older: string | null
  newest: string | null
  empty: null | { title: string; text: string }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'search/index': SearchResults
  }
}

export const searchQuery = z.object({
  texto: z.string().transform(cleaned).catch(''),
  pagina: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1),
  antes: z
    .string()
    .transform(cursor => newestFirst.decode(cursor) ?? null)
    .catch(null),
})

/** What a search finds; the number of a ticket leads to it. */
export async function showResults(
  { db, clock }: SearchDependencies,
  { viewer, region, query, res }: Call<unknown, z.infer<typeof searchQuery>>,
) {
  const { texto, pagina, antes } = query
  const number = numberIn(texto)
  const ticket = number === null ? null : await findNumber(db, viewer, number)
  if (ticket && number !== null) return res.redirect(303, hrefOf(number, ticket.works))
  const found = await find(db, viewer, texto, { page: pagina, before: antes })
  page(res, 'search/index', modelOf(found, query, clock.now(), region))
}

function modelOf(found: Found, { texto, pagina, antes }: z.infer<typeof searchQuery>, now: Date, region: Region) {
  const { meant, older } = found
  const text = meant?.shown ? meant.text : texto
  return {
    title: texto === '' ? 'Buscar' : `Buscar «${texto}»`,
    summary: summaryOf(found, antes, region),
    meant: meant && { ...meant, typed: texto, href: withQuery(paths.search, { texto: meant.text }) },
    results: found.rows.map(row => resultOf(row, now, region)),
    pager: pagerOf(found, text, pagina, antes),
    older: older && withQuery(paths.search, { texto: text, antes: newestFirst.encode(older) }),
    newest: antes && withQuery(paths.search, { texto: text }),
    empty: found.rows.length > 0 ? null : emptyOf(found, numberIn(texto), antes, region),
  }
}

const hrefOf = (number: number, works: boolean) => (works ? tickets.ticket(number) : tickets.myTicket(number))

function resultOf(row: ResultRow, now: Date, region: Region): Result {
  const fromLog = row.log !== null && hasHit(row.markedLog ?? '')
  return {
    number: row.number,
    href: hrefOf(row.number, row.internal),
    subject: partsOf(row.subject, row.markedSubject),
    requester: partsOf(row.requester, row.markedRequester),
    area: row.area,
    status: { code: row.status, label: statusLabels[row.status] },
    created: relativeTime(row.createdAt, now, region),
    snippet: fromLog
      ? snippetOf(row.log ?? '', row.markedLog ?? '')
      : snippetOf(row.description, row.markedDescription),
    fromLog,
  }
}

function summaryOf({ total, rows, older }: Found, before: Key | null, region: Region): string {
  if (rows.length === 0) return ''
  const tickets = plural(total, 'ticket', 'tickets', region.locale)
  const which = before ? `${tickets} de antes del ${dayAndTime(before, region)}` : tickets
  if (!older) return which
  if (total < MOST_FOUND) return `${which}, y se buscó hasta el ${dayAndTime(older, region)}.`
  return before
    ? `${which}, primero los que mejor coinciden. Hay más antiguos.`
    : `Más de ${tickets}; se muestran los ${formatNumber(MOST_FOUND, region.locale)} más recientes, primero los que mejor coinciden.`
}

const dayAndTime = ({ createdAt }: Key, region: Region) => formatDateTime(createdAt, region)

function pagerOf({ total }: Found, texto: string, current: number, before: Key | null) {
  const antes = before ? newestFirst.encode(before) : undefined
  const href = (pagina: number) => withQuery(paths.search, { texto, antes, pagina: pagina > 1 ? pagina : undefined })
  const more = current < Math.ceil(total / PER_PAGE)
  return { previous: current > 1 ? href(current - 1) : null, next: more ? href(current + 1) : null }
}

function emptyOf({ trouble, older }: Found, number: number | null, before: Key | null, region: Region) {
  if (trouble === 'nothing')
    return {
      title: '¿Qué busca?',
      text: 'Escriba el número de un ticket o palabras de su asunto, su descripción, su bitácora o de quien lo pidió.',
    }
  if (trouble === 'onlyExcluded')
    return {
      title: 'Falta decir qué buscar',
      text: 'Además de lo que no quiere ver, escriba al menos una palabra que sí.',
    }
  if (trouble === 'onlyCommon')
    return {
      title: 'Son palabras demasiado comunes',
      text: 'Palabras como «de», «no» o «para» están en todos los tickets. Agregue una que diga de qué se trata.',
    }
  if (number !== null)
    return { title: `No encontramos el ticket #${number}`, text: 'Revise el número o busque por alguna palabra.' }
  if (older)
    return {
      title: 'Nada coincide todavía',
      text: `Se buscó en los tickets desde el ${dayAndTime(older, region)}. Puede seguir con los anteriores.`,
    }
  if (before) return { title: 'No hay más', text: 'Ningún ticket más antiguo coincide.' }
  return {
    title: 'Nada coincide',
    text: 'Pruebe con menos palabras u otras que digan lo mismo. Solo se busca en los tickets que usted puede ver.',
  }
}
