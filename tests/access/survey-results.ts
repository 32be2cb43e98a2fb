import type { TestApplication } from '../support/application.ts'
import { answer, placesIn, publishVersion } from '../support/survey-answers.ts'
import type { RowsOf } from './row.ts'

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const surveyResultRows: RowsOf = (application: TestApplication) => {
  /** About a ticket of Sistemas that the agent finished. */
  const answered = async () => {
    const survey = await publishVersion(application, {
      mode: 'NOMINAL',
      questions: [
        { kind: 'ESCALA', text: '¿Qué tal?', mainScore: true },
        { kind: 'TEXTO', text: '¿Algo más?' },
      ],
    })
    const place = placesIn(application).red
    const answeredAt = application.clock.now()
    await answer(application, survey, { place, answeredAt, month: '2026-03', said: [1, 'No.'] })
    return { parameters: { id: survey.surveyId, question: survey.questions[1]?.id ?? 0 } }
  }
  return {
    'get /encuestas/resultados': { answers: ' in  403  403  200  200  200  200  200  in' },
    'get /encuestas/resultados/:id': { answers: 'in 403 403 200 404 200 404 200 in', given: answered },
    'get /encuestas/resultados/:id/csv': { answers: 'in 403 403 200 404 200 404 200 in', given: answered },
    'get /encuestas/resultados/:id/textos/:question': {
      answers: '                             in  403  403  200  404  200  404  200  in',
      given: answered,
    },
    // To be followed up by those who supervise.
    'get /encuestas/resultados/:id/puntuaciones-bajas': {
      answers: '                             in  403  403  403  404  200  404  200  in',
      given: answered,
    },
  }
}
