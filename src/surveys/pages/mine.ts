import { z } from 'zod'
import { boundedCount, formatDate, type Region } from '../../web/format.ts'
import { newestFirst, pageQuery, pageRequest, pagerLinks, withQuery } from '../../web/listing.ts'
import { page } from '../../web/page.ts'
import { nameNobody } from '../../web/request-log.ts'
import type { Call } from '../../web/route.ts'
import type { SurveyContext } from '../actions/lock.ts'
import { countPending, type InvitationRow, listInvitations } from '../invitations.ts'
import { paths } from '../paths.ts'

/** A survey that a person can answer, or has answered. */
export interface MineRow {
  title: string
  /** Null where there is nothing to see. */
  href: string | null
  about: string
  /** How long it can still be answered, or how it was. */
  note: string
  /** Whether the time is nearly over. */
  hurries: boolean
}

export interface MineModel {
  title: string
  lead: string
  tabs: { label: string; count: string; href: string; current: boolean }[]
  pending: boolean
  rows: MineRow[]
  pager: { previous: string | null; next: string | null }
  empty: { icon: string; title: string; text: string }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'surveys/mine': MineModel
  }
}

export const mineQuery = z.object({
  ver: z.enum(['contestadas']).optional().catch(undefined),
  ...pageQuery(newestFirst),
})

const MOST = 99

/** Encuestas: what a person is asked, and what he has answered. */
export async function showMine(
  { db, clock }: SurveyContext,
  { viewer, region, query, res }: Call<unknown, z.infer<typeof mineQuery>>,
) {
  nameNobody(res)
  const now = clock.now()
  const pending = query.ver === undefined
  const [found, count] = await Promise.all([
    listInvitations(db, viewer.id, pending ? 'pending' : 'answered', now, pageRequest(query)),
    countPending(db, viewer.id, now, MOST),
  ])
  const places = { ...found, rows: found.rows.map(({ createdAt, id }) => ({ createdAt, number: id })) }
  page(res, 'surveys/mine', {
    title: 'Encuestas',
    lead: 'Su opinión sobre los tickets que usted registró.',
    tabs: [
      { label: 'Por contestar', count: boundedCount(count, MOST), href: paths.mine, current: pending },
      { label: 'Contestadas', count: '', href: withQuery(paths.mine, { ver: 'contestadas' }), current: !pending },
    ],
    pending,
    rows: found.rows.map(row => (pending ? pendingRow(row, now) : answeredRow(row, region))),
    pager: pagerLinks(newestFirst, places, paths.mine, { ver: query.ver }),
    empty: pending
      ? {
          icon: 'clipboard-check',
          title: 'No tiene encuestas por contestar',
          text: 'Cuando se finalice un ticket que usted registró, aquí podrá decir qué le pareció.',
        }
      : {
          icon: 'clipboard-list',
          title: 'Todavía no ha contestado encuestas',
          text: 'Aquí quedan las que conteste, para que las vuelva a leer.',
        },
  })
}

const aboutTicket = ({ ticket, subject }: InvitationRow) => `Ticket #${ticket} · ${subject}`

function pendingRow(row: InvitationRow, now: Date): MineRow {
  const days = daysLeft(row.expiresAt, now)
  return {
    title: row.title,
    href: paths.invitation(row.id),
    about: aboutTicket(row),
    note: days <= 1 ? 'Último día para contestarla' : `Quedan ${days} días`,
    hurries: days <= 2,
  }
}

function answeredRow(row: InvitationRow, region: Region): MineRow {
  const anonymous = row.mode === 'ANONIMA'
  return {
    title: row.title,
    href: anonymous ? null : paths.invitation(row.id),
    about: aboutTicket(row),
    note: row.answeredAt ? `Contestada el ${formatDate(row.answeredAt, region)}` : 'Contestada de forma anónima',
    hurries: false,
  }
}

const DAY_IN_MS = 24 * 3600 * 1000

const daysLeft = (expiresAt: Date, now: Date) => Math.ceil((expiresAt.getTime() - now.getTime()) / DAY_IN_MS)
