import { whoMay } from '../permissions/access.ts'
import { anyoneSignedIn } from '../web/access.ts'
import { Routes } from '../web/route.ts'
import type { SurveyContext } from './actions/lock.ts'
import {
  answerForm,
  applicationForm,
  newSurveyForm,
  positionForm,
  questionForm,
  versionForm,
  wordingForm,
} from './forms.ts'
import { showInvitation, showPreview, submitAnswers } from './pages/answer.ts'
import { coverageQuery, showCoverage, showSurveys, surveysQuery } from './pages/list.ts'
import { mineQuery, showMine } from './pages/mine.ts'
import {
  addQuestion,
  changeQuestion,
  questionParams,
  removeFromDraft,
  reposition,
  showQuestion,
} from './pages/question.ts'
import { surveyParams as params, prepare, publish, remove, showRemoval, showSurvey } from './pages/survey.ts'
import { apply, create, reword, showApplication, showNewSurvey, showWording } from './pages/wording.ts'
import { paths } from './paths.ts'

const build = whoMay('encuestas.administrar')

export function surveyRoutes(deps: SurveyContext): Routes {
  const routes = new Routes()
    .get(paths.mine, anyoneSignedIn, { query: mineQuery }, call => showMine(deps, call))
    // Whose invitation it is decides who sees it: nobody else's exists for him.
    .get('/encuestas/:id', anyoneSignedIn, { params }, call => showInvitation(deps, call))
    .post('/encuestas/:id', anyoneSignedIn, { params, form: answerForm }, call => submitAnswers(deps, call))
    .get(paths.surveys, build, { query: surveysQuery }, call => showSurveys(deps, call))
    .get(paths.newSurvey, build, {}, call => showNewSurvey(deps, call))
    .get(paths.coverage, build, { query: coverageQuery }, call => showCoverage(deps, call))
    .post(paths.surveys, build, { form: newSurveyForm }, call => create(deps, call))
  return addQuestions(addBuilding(routes, deps), deps)
}

function addBuilding(routes: Routes, deps: SurveyContext): Routes {
  const path = `${paths.surveys}/:id`
  return routes
    .get(path, build, { params }, call => showSurvey(deps, call))
    .get(`${path}/vista-previa`, build, { params }, call => showPreview(deps, call))
    .get(`${path}/datos`, build, { params }, call => showWording(deps, call))
    .post(`${path}/datos`, build, { params, form: wordingForm }, call => reword(deps, call))
    .get(`${path}/aplicacion`, build, { params }, call => showApplication(deps, call))
    .post(`${path}/aplicacion`, build, { params, form: applicationForm }, call => apply(deps, call))
    .post(`${path}/borrador`, build, { params, form: versionForm }, call => prepare(deps, call))
    .post(`${path}/publicacion`, build, { params, form: versionForm }, call => publish(deps, call))
    .get(`${path}/eliminacion`, build, { params }, call => showRemoval(deps, call))
    .post(`${path}/eliminacion`, build, { params, form: versionForm }, call => remove(deps, call))
}

function addQuestions(routes: Routes, deps: SurveyContext): Routes {
  const path = `${paths.surveys}/:id/preguntas`
  const one = { params: questionParams }
  return routes
    .get(`${path}/nueva`, build, { params }, call => showQuestion(deps, call))
    .post(path, build, { params, form: questionForm }, call => addQuestion(deps, call))
    .get(`${path}/:question`, build, one, call => showQuestion(deps, call))
    .post(`${path}/:question`, build, { ...one, form: questionForm }, call => changeQuestion(deps, call))
    .post(`${path}/:question/posicion`, build, { ...one, form: positionForm }, call => reposition(deps, call))
    .post(`${path}/:question/eliminacion`, build, { ...one, form: versionForm }, call => removeFromDraft(deps, call))
}
