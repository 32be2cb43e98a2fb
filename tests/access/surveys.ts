import type { TestApplication } from '../support/application.ts'
import { useScene } from '../surveys/scene.ts'
import type { RowsOf } from './row.ts'

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const surveyRows: RowsOf = (application: TestApplication) => {
  const { aim, finishedTicket, formFor, invitationOf, makeSurvey } = useScene(application)
  const { db } = application
  let active: Promise<number> | undefined

  /** Asked of the client who registered the ticket. */
  const invitation = async () => {
    active ??= makeSurvey()
    await active
    const { id, versionId } = await invitationOf(await finishedTicket())
    return { id, versionId }
  }
  const asked = async () => ({ parameters: { id: (await invitation()).id } })
  const answered = async () => {
    const { id, versionId } = await invitation()
    return { parameters: { id }, form: (await formFor(versionId)) as Record<string, string> }
  }
  const survey = (until: 'borrador' | 'publicada') => async () => {
    const id = await makeSurvey({ until })
    return { parameters: { id }, form: { version: (await aim(id)).version } }
  }
  const question = async () => {
    const { parameters, form } = await survey('borrador')()
    const where = { version: { surveyId: parameters.id } }
    const first = await db.prisma.surveyQuestion.findFirstOrThrow({ where, orderBy: { position: 'asc' } })
    return { parameters: { ...parameters, question: first.id }, form }
  }
  const wording = { titulo: 'Su opinión', introduccion: '', agradecimiento: '', modo: 'NOMINAL' }
  const content = { texto: '¿Qué tal?', tipo: 'TEXTO', opciones: '' }
  const build = '                            in  403  403  403  403  403  403  200  in'
  const change = '                           in  403  403  403  403  403  403  303  in'
  const base = '/administracion/encuestas'
  return {
    'get /encuestas': { answers: '           in  200  200  200  200  200  200  200  in' },
    'get /encuestas/:id': { answers: '       in  200  404  404  404  404  404  404  in', given: asked },
    'post /encuestas/:id': { answers: '      in  303  404  404  404  404  404  404  in', given: answered },
    [`get ${base}`]: { answers: build },
    [`get ${base}/nueva`]: { answers: build },
    [`get ${base}/cobertura`]: { answers: build },
    [`post ${base}`]: { answers: change, form: { ...wording, alcance: 'todo' } },
    [`get ${base}/:id`]: { answers: build, given: survey('publicada') },
    [`get ${base}/:id/vista-previa`]: { answers: build, given: survey('borrador') },
    [`get ${base}/:id/datos`]: { answers: build, given: survey('borrador') },
    [`post ${base}/:id/datos`]: { answers: change, form: wording, given: survey('borrador') },
    [`get ${base}/:id/aplicacion`]: { answers: build, given: survey('publicada') },
    [`post ${base}/:id/aplicacion`]: { answers: change, form: { alcance: 'todo' }, given: survey('publicada') },
    [`post ${base}/:id/borrador`]: { answers: change, given: survey('publicada') },
    [`post ${base}/:id/publicacion`]: { answers: change, given: survey('borrador') },
    [`get ${base}/:id/eliminacion`]: { answers: build, given: survey('borrador') },
    [`post ${base}/:id/eliminacion`]: { answers: change, given: survey('borrador') },
    [`get ${base}/:id/preguntas/nueva`]: { answers: build, given: survey('borrador') },
    [`post ${base}/:id/preguntas`]: { answers: change, form: content, given: survey('borrador') },
    [`get ${base}/:id/preguntas/:question`]: { answers: build, given: question },
    [`post ${base}/:id/preguntas/:question`]: { answers: change, form: content, given: question },
    [`post ${base}/:id/preguntas/:question/posicion`]: { answers: change, form: { posicion: '2' }, given: question },
    [`post ${base}/:id/preguntas/:question/eliminacion`]: { answers: change, given: question },
  }
}
