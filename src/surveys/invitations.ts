import { z } from 'zod'
import { Prisma } from '../generated/prisma/client.ts'
import { type InvitationStatus, SurveyMode } from '../generated/prisma/enums.ts'
import { type Database, glance, select } from '../platform/db.ts'
import { NotFound } from '../web/errors.ts'
import { type Key, type PageRequest, type Slice, slice } from '../web/listing.ts'
import { orderByTime } from '../web/listing-order.ts'
import { versionColumns } from './queries.ts'

// What somebody is asked for or has answered. Every read names the person: nobody else's invitation exists for him.

const invitationRow = z.object({
  id: z.number(),
  title: z.string(),
  mode: z.enum(SurveyMode),
  ticket: z.number(),
  subject: z.string(),
  createdAt: z.date(),
  expiresAt: z.date(),
  /** Null for what is not answered, and for what was answered anonymously. */
  answeredAt: z.date().nullable(),
})

export type InvitationRow = z.infer<typeof invitationRow>

/** Which of a person's invitations: those that can be answered now, or those that he has answered. */
export type Which = 'pending' | 'answered'

const isOf = (personId: number, which: Which, now: Date) =>
  which === 'answered'
    ? Prisma.sql`i.person_id = ${personId} AND i.status = 'CONTESTADA'`
    : Prisma.sql`i.person_id = ${personId} AND i.status = 'ABIERTA' AND i.expires_at > ${now}`

/** A page of a person's invitations, newest first. */
export async function listInvitations(
  db: Pick<Database, 'pool'>,
  personId: number,
  which: Which,
  now: Date,
  request: PageRequest<Key>,
): Promise<Slice<InvitationRow>> {
  const { beyond, end } = orderByTime(request, Prisma.sql`i.created_at`, Prisma.sql`i.id`)
  const rows = await select(
    db,
    Prisma.sql`SELECT i.id, v.title, v.mode, i.ticket_number AS ticket, t.subject, i.created_at AS "createdAt",
      i.expires_at AS "expiresAt", r.answered_at AS "answeredAt"
    FROM survey_invitations i
    JOIN survey_versions v ON v.id = i.version_id
    JOIN tickets t ON t.number = i.ticket_number
    LEFT JOIN survey_responses r ON r.invitation_id = i.id
    WHERE ${isOf(personId, which, now)} AND ${beyond}
    ${end}`,
  )
  return slice(z.array(invitationRow).parse(rows), request)
}

/** How many surveys a person can answer now, up to `limit` + 1, as an expression. */
export const pendingSql = (personId: number, now: Date, limit: number): Prisma.Sql =>
  Prisma.sql`(SELECT count(*)::int
    FROM (SELECT FROM survey_invitations i WHERE ${isOf(personId, 'pending', now)} LIMIT ${limit + 1}) bounded)`

/** How many surveys a person can answer now, up to `limit` + 1. */
export async function countPending(
  db: Pick<Database, 'pool'>,
  personId: number,
  now: Date,
  limit: number,
): Promise<number> {
  const rows = await glance(db, Prisma.sql`SELECT ${pendingSql(personId, now, limit)} AS count`)
  return z.tuple([z.object({ count: z.number() })]).parse(rows)[0].count
}

/** The survey that a person can answer now about one of his tickets. @returns the id of its invitation, or null */
export async function findPending(
  db: Pick<Database, 'pool'>,
  personId: number,
  ticket: number,
  now: Date,
): Promise<number | null> {
  const rows = await glance(
    db,
    Prisma.sql`SELECT i.id FROM survey_invitations i
      WHERE i.ticket_number = ${ticket} AND ${isOf(personId, 'pending', now)}`,
  )
  return z.array(z.object({ id: z.number() })).parse(rows)[0]?.id ?? null
}

const answerColumns = { questionId: true, optionId: true, scale: true, yes: true, text: true }

/**
 * An invitation with the version that it asks, and what the person answered: null for what is not answered yet, and for what
 * was answered anonymously.
 * @throws NotFound when it is not his
 */
export async function getInvitation({ prisma }: Pick<Database, 'prisma'>, personId: number, id: number) {
  const found = await prisma.surveyInvitation.findFirst({
    where: { id, personId },
    select: {
      id: true,
      status: true,
      expiresAt: true,
      ticketNumber: true,
      ticket: { select: { subject: true } },
      version: { select: versionColumns },
      response: { select: { answeredAt: true, answers: { select: answerColumns } } },
    },
  })
  if (!found) throw new NotFound()
  return found
}

export type Invitation = Awaited<ReturnType<typeof getInvitation>>

/** Whether it can be answered, and why not. */
export function stateOfInvitation(
  { status, expiresAt }: { status: InvitationStatus; expiresAt: Date },
  now: Date,
): 'abierta' | 'contestada' | 'cancelada' | 'vencida' {
  if (status === 'CONTESTADA') return 'contestada'
  if (status === 'CANCELADA') return 'cancelada'
  return expiresAt > now ? 'abierta' : 'vencida'
}
