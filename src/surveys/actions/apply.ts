import { changesBetween, recordAudit } from '../../audit/record.ts'
import { type Transaction, transaction } from '../../platform/db.ts'
import { InvalidForm } from '../../web/errors.ts'
import { sqlStateOf } from '../../web/sql-state.ts'
import { getSurvey } from '../queries.ts'
import { type Scope, scopeLabel } from '../scope.ts'
import { type Aim, lockSurvey, type SurveyContext, subjectOf } from './lock.ts'

/**
 * Says what a survey is for and whether tickets that are finished from now on ask for it.
 * @throws InvalidForm at `alcance` when another one is active for the same, at `activa` when nothing is published
 */
export async function applySurvey({ db, clock }: SurveyContext, aim: Aim, scope: Scope, active: boolean) {
  return transaction(db, async tx => {
    const survey = await lockSurvey(tx, aim)
    if (active && !survey.published) {
      throw new InvalidForm('activa', 'Todavía no tiene una versión publicada. Publíquela primero.')
    }
    await assertScopeExists(tx, scope)
    if (active) await assertOnlyOne(tx, aim.id, scope)
    await write(tx, aim.id, scope, active)
    const stateChanged = survey.active !== active
    await recordAudit(tx, aim.actor, clock.now(), {
      kind: !stateChanged ? 'encuesta.modificada' : active ? 'encuesta.activada' : 'encuesta.desactivada',
      subject: subjectOf(aim.id, survey.newest.title),
      changes: changesBetween(
        { scope: scopeLabel(survey), active: survey.active },
        { scope: scopeLabel(await getSurvey({ prisma: tx }, aim.id)), active },
      ),
    })
    return { title: survey.newest.title, stateChanged }
  })
}

/** @throws InvalidForm at `alcance` for an area or category that is not there */
export async function assertScopeExists(tx: Transaction, { areaId, categoryId }: Scope): Promise<void> {
  const there =
    (areaId === null || (await tx.area.count({ where: { id: areaId } })) > 0) &&
    (categoryId === null || (await tx.category.count({ where: { id: categoryId } })) > 0)
  if (!there) throw new InvalidForm('alcance', 'Elija a qué se aplica de la lista.')
}

async function assertOnlyOne(tx: Transaction, id: number, scope: Scope): Promise<void> {
  const other = await tx.survey.findFirst({
    where: { ...scope, active: true, id: { not: id } },
    select: { versions: { where: { publishedAt: { not: null } }, orderBy: { number: 'desc' }, take: 1 } },
  })
  if (other) throw taken(other.versions[0]?.title ?? '')
}

const taken = (title: string) =>
  new InvalidForm(
    'alcance',
    title
      ? `Para esto ya está activa «${title}». Desactívela primero, o elija otra cosa a la que se aplique esta.`
      : 'Otra persona acaba de activar una encuesta para esto mismo.',
  )

async function write(tx: Transaction, id: number, scope: Scope, active: boolean): Promise<void> {
  try {
    await tx.survey.update({ where: { id }, data: { ...scope, active }, select: { id: true } })
  } catch (error) {
    // Somebody else activated one at the same instant.
    if (sqlStateOf(error) === '23505') throw taken('')
    throw error
  }
}
