import { staleForm } from '../../audit/conflict.ts'
import type { Actor } from '../../audit/record.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { Conflict } from '../../web/errors.ts'
import { getSurvey, type Survey, type Version } from '../queries.ts'

/** What every action of the builder writes through. */
export interface SurveyContext {
  db: Database
  clock: Clock
}

/** Which survey a form is about, the version that it has seen, and who sends it. */
export interface Aim {
  id: number
  version: number
  actor: Actor
}

/**
 * Locks a survey for the rest of the transaction and counts the change that is about to be made.
 * @throws NotFound; Conflict when somebody changed it after the form was made
 */
export async function lockSurvey(tx: Transaction, { id, version }: Pick<Aim, 'id' | 'version'>): Promise<Survey> {
  await tx.$queryRaw`SELECT FROM surveys WHERE id = ${id} FOR NO KEY UPDATE`
  const survey = await getSurvey({ prisma: tx }, id)
  if (survey.version !== version) {
    throw await staleForm(tx, { type: 'encuesta', id, seen: version, version: survey.version })
  }
  await tx.survey.update({ where: { id }, data: { version: { increment: 1 } }, select: { id: true } })
  return survey
}

/** @throws Conflict when there is no draft to change */
export function draftOf({ draft }: Survey): Version {
  if (draft) return draft
  throw new Conflict('La versión publicada ya no cambia. Prepare una versión nueva y cambie esa.')
}

export const subjectOf = (id: number, name: string) => ({ type: 'encuesta' as const, id, name })
