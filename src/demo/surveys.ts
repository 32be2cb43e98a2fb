import type { Actor } from '../audit/record.ts'
import type { Database } from '../platform/db.ts'
import { applySurvey } from '../surveys/actions/apply.ts'
import { createSurvey } from '../surveys/actions/create.ts'
import { publishSurvey } from '../surveys/actions/publish.ts'
import { saveQuestion } from '../surveys/actions/questions.ts'
import { getSurvey } from '../surveys/queries.ts'
import type { Scope } from '../surveys/scope.ts'
import { type SurveyContent, surveys } from './content-surveys.ts'
import type { Directory } from './organization.ts'

/** Builds the surveys of the demonstration, through the actions that the pages use. */
export async function createSurveys(db: Database, directory: Directory, since: Date): Promise<void> {
  const actor: Actor = { id: directory.person('administrador').id, address: '127.0.0.1' }
  for (const content of surveys) await build(db, actor, content, scopeOf(content, directory), since)
}

async function build(db: Database, actor: Actor, content: SurveyContent, scope: Scope, since: Date): Promise<void> {
  const context = { db, clock: { now: () => since } }
  const { draft, questions } = content
  const { title, introduction, thanks, mode } = content
  const id = await createSurvey(context, actor, { title, introduction, thanks, mode }, scope)
  const aim = async () => ({ id, version: (await getSurvey(db, id)).version, actor })
  for (const { required = false, mainScore = false, options = [], ...question } of questions) {
    await saveQuestion(context, await aim(), null, { ...question, required, mainScore, options })
  }
  if (draft) return
  await publishSurvey(context, await aim())
  await applySurvey(context, await aim(), scope, true)
}

function scopeOf({ area, category }: SurveyContent, directory: Directory): Scope {
  const nothing = { kind: null, areaId: null, categoryId: null }
  if (area && category) return { ...nothing, scope: 'CATEGORIA', categoryId: directory.category(area, category) }
  return area ? { ...nothing, scope: 'AREA', areaId: directory.area(area) } : { ...nothing, scope: 'TODO' }
}
