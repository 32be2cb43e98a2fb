import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'
import { useScene } from './scene.ts'

const application = await useApplication()
const { as, cast, db } = application
const { aim, deactivate, finishedTicket, invitationOf, makeSurvey } = useScene(application)

const base = '/administracion/encuestas'
const ana = await as('ana')
const version = async (id: number) => (await aim(id)).version
const post = async (id: number, path: string, form: Record<string, string | number> = {}) =>
  ana.post(`${base}/${id}/${path}`, { version: await version(id), ...form })
const wording = { titulo: 'Su opinión', introduccion: '', agradecimiento: '', modo: 'NOMINAL' }
const question = { texto: '¿Qué tal?', tipo: 'TEXTO', opciones: '' }
const versions = (surveyId: number) =>
  db.prisma.surveyVersion.findMany({
    where: { surveyId },
    include: { questions: { include: { options: { orderBy: { position: 'asc' } } }, orderBy: { position: 'asc' } } },
    orderBy: { number: 'asc' },
  })
const draftOf = async (id: number) => (await versions(id)).at(-1)
const texts = async (id: number) => (await draftOf(id))?.questions.map(({ text }) => text)

async function create() {
  const answer = await ana.post(base, { ...wording, alcance: 'todo' })
  expect(answer.status).toBe(303)
  return Number(/(\d+)$/.exec(answer.location)?.[1])
}

describe('building a survey', () => {
  it('begins with a draft that nobody is asked', async () => {
    const id = await create()
    const page = (await ana.get(`${base}/${id}`)).body
    expect(page).toContain('Versión 1 (borrador)')
    expect(page).toContain('Agregue al menos una pregunta')
    expect(page).not.toContain('>Publicar<')
    expect((await ana.get(base)).body).toContain('Su opinión')
    expect((await ana.get(`${base}?estado=borrador`)).body).toContain(`href="${base}/${id}"`)
    expect((await ana.get(`${base}?estado=activa`)).body).not.toContain(`href="${base}/${id}"`)
  })

  it('shows a wrong form again with what was typed', async () => {
    const answer = await ana.post(base, {
      ...wording,
      titulo: ' ',
      introduccion: 'Lo que no se pierde',
      alcance: 'nada',
    })
    expect(answer.status).toBe(422)
    for (const text of ['Escriba el título.', 'Elija a qué se aplica.', 'Lo que no se pierde']) {
      expect(answer.body).toContain(text)
    }
    expect((await ana.post(base, { ...wording, alcance: 'categoria:999999' })).body).toContain('de la lista')
  })

  it('asks questions of each kind, and keeps options in their order', async () => {
    const id = await create()
    const options = 'Rápida\n\n  Normal \nLenta'
    expect((await post(id, 'preguntas', { ...question, tipo: 'OPCION', opciones: options })).status).toBe(303)
    expect(
      (await post(id, 'preguntas', { ...question, tipo: 'ESCALA', principal: 'si', obligatoria: 'si' })).status,
    ).toBe(303)
    const [choice, scale] = (await draftOf(id))?.questions ?? []
    expect(choice?.options.map(({ text }) => text)).toEqual(['Rápida', 'Normal', 'Lenta'])
    expect(scale).toMatchObject({ kind: 'ESCALA', required: true, mainScore: true, options: [] })
    // Another one takes the mark over; what its kind has no use for is not kept.
    const path = `preguntas/${choice?.id}`
    expect((await post(id, path, { ...question, tipo: 'ESCALA', opciones: options, principal: 'si' })).status).toBe(303)
    const [first, second] = (await draftOf(id))?.questions ?? []
    expect(first).toMatchObject({ mainScore: true, options: [] })
    expect(second).toMatchObject({ mainScore: false })
  })

  it.each([
    ['a single option', 'Una sola', 'al menos dos opciones'],
    ['equal options', 'Sí\nsí', 'opciones repetidas'],
    ['too many', Array.from({ length: 31 }, (_, index) => `Opción ${index}`).join('\n'), 'como máximo 30 opciones'],
    ['too long ones', `${'x'.repeat(151)}\nOtra`, 'como máximo 150 caracteres'],
  ])('refuses %s', async (_what, opciones, message) => {
    const id = await create()
    const answer = await post(id, 'preguntas', { ...question, tipo: 'VARIAS', opciones })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(message)
    expect(answer.body).toContain(opciones.split('\n')[0])
  })

  it('moves, changes and removes questions of the draft', async () => {
    const id = await create()
    for (const texto of ['Uno', 'Dos', 'Tres']) await post(id, 'preguntas', { ...question, texto })
    const [one, , three] = (await draftOf(id))?.questions ?? []
    expect((await post(id, `preguntas/${three?.id}/posicion`, { posicion: 1 })).status).toBe(303)
    expect(await texts(id)).toEqual(['Tres', 'Uno', 'Dos'])
    await post(id, `preguntas/${three?.id}/posicion`, { posicion: 99 })
    expect(await texts(id)).toEqual(['Uno', 'Dos', 'Tres'])
    await post(id, `preguntas/${one?.id}/eliminacion`)
    expect(await texts(id)).toEqual(['Dos', 'Tres'])
    expect((await post(id, `preguntas/${one?.id}/posicion`, { posicion: 1 })).status).toBe(404)
    const page = (await ana.get(`${base}/${id}`)).body
    expect(page).toMatch(/value="1" aria-label="Subir la pregunta 1" disabled/)
    expect(page).toMatch(/value="2" aria-label="Bajar la pregunta 1">/)
  })

  it('tells whoever is late, and keeps what he typed', async () => {
    const id = await create()
    const seen = await version(id)
    await post(id, 'preguntas', question)
    const late = await ana.post(`${base}/${id}/preguntas`, { ...question, texto: 'Lo mío', version: seen })
    expect(late.status).toBe(409)
    expect(late.body).toContain('Otra persona guardó cambios')
    expect(late.body).toContain('value="Lo mío"')
    expect(await texts(id)).toEqual(['¿Qué tal?'])
    expect(late.body).toContain(`name="version" value="${seen + 1}"`)
    const both = await Promise.all(['A', 'B'].map(texto => post(id, 'preguntas', { ...question, texto })))
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
  })

  it('shows the survey as the person will see it, with nothing chosen', async () => {
    const id = await makeSurvey({ until: 'borrador', mode: 'CONFIDENCIAL' })
    const page = (await ana.get(`${base}/${id}/vista-previa`)).body
    for (const text of ['Vista previa', 'Encuesta confidencial.', '¿Qué le gustó?', 'Muy mal', 'Dos minutos.']) {
      expect(page).toContain(text)
    }
    expect(page).not.toContain('Enviar respuestas')
    expect(page.slice(page.indexOf('<main'))).not.toContain(' checked')
  })
})

describe('publishing', () => {
  it('needs a question', async () => {
    const answer = await post(await create(), 'publicacion')
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Agregue al menos una pregunta antes de publicarla.')
  })

  it('makes a version that no page changes any more', async () => {
    const id = await makeSurvey({ until: 'borrador' })
    const [first] = (await draftOf(id))?.questions ?? []
    expect((await post(id, 'publicacion')).status).toBe(303)
    expect((await ana.get(`${base}/${id}`)).body).toContain('Ya no cambia.')
    const late: [string, Record<string, string | number>][] = [
      ['datos', wording],
      ['preguntas', question],
      [`preguntas/${first?.id}`, question],
      [`preguntas/${first?.id}/posicion`, { posicion: 2 }],
      [`preguntas/${first?.id}/eliminacion`, {}],
      ['publicacion', {}],
      ['eliminacion', {}],
    ]
    for (const [path, form] of late) expect((await post(id, path, form)).status, path).toBe(409)
    expect(await texts(id)).toContain(first?.text)
  })

  it('of the next version leaves the one before as it was, and what was asked with it', async () => {
    const id = await makeSurvey()
    const asked = await invitationOf(await finishedTicket())
    const [before] = await versions(id)
    expect((await post(id, 'borrador')).status).toBe(303)
    expect((await post(id, 'borrador')).status).toBe(409)
    const [, copy] = await versions(id)
    expect(copy).toMatchObject({ number: 2, title: before?.title, publishedAt: null })
    const plain = (each = before) =>
      each?.questions.map(({ text, kind, options }) => [text, kind, options.map(o => o.text)])
    expect(plain(copy)).toEqual(plain())
    await post(id, 'datos', { ...wording, titulo: 'Otra cosa', modo: 'ANONIMA' })
    // A draft counts for nobody yet.
    expect((await invitationOf(await finishedTicket())).versionId).toBe(before?.id)
    await post(id, 'publicacion')
    expect((await invitationOf(await finishedTicket())).versionId).toBe(copy?.id)
    expect((await versions(id))[0]).toEqual(before)
    expect((await (await as('clara')).get(`/encuestas/${asked.id}`)).body).toContain('Su opinión')
    await deactivate(id)
  })

  it('discards a draft, and deletes only what was never published', async () => {
    const id = await makeSurvey({ until: 'publicada' })
    await post(id, 'borrador')
    expect((await ana.get(`${base}/${id}/eliminacion`)).body).toContain('Descartar el borrador')
    expect((await post(id, 'eliminacion')).location).toBe(`${base}/${id}`)
    expect(await versions(id)).toHaveLength(1)
    const draft = await makeSurvey({ until: 'borrador' })
    expect((await post(draft, 'eliminacion')).location).toBe(base)
    expect((await ana.get(`${base}/${draft}`)).status).toBe(404)
  })
})

describe('what a survey is for', () => {
  const apply = (id: number, alcance: string, activa = 'si') => post(id, 'aplicacion', { alcance, activa })

  it('cannot be active before it is published', async () => {
    const answer = await apply(await makeSurvey({ until: 'borrador' }), 'todo')
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Publíquela primero')
  })

  it('is for one survey at a time: the other one is named at the field', async () => {
    const first = await makeSurvey({ title: 'La primera', until: 'publicada' })
    const second = await makeSurvey({ title: 'La segunda', until: 'publicada' })
    expect((await apply(first, 'todo')).status).toBe(303)
    const refused = await apply(second, 'todo')
    expect(refused.status).toBe(422)
    expect(refused.body).toMatch(/id="campo-alcance-error">[\s\S]*?ya está activa «La primera»/)
    expect((await apply(second, `area:${cast.areas.sistemas}`)).status).toBe(303)
    expect((await apply(first, 'todo', '')).status).toBe(303)
    expect((await apply(second, 'todo')).status).toBe(303)
    const both = await Promise.all([apply(first, 'tipo:PROBLEMA'), apply(second, 'tipo:PROBLEMA')])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422])
  })
})

it('leaves what was done in the audit', async () => {
  const before = await db.prisma.auditEntry.count()
  const id = await create()
  await post(id, 'preguntas', question)
  await post(id, 'publicacion')
  await post(id, 'aplicacion', { alcance: `categoria:${cast.categories.equipo}`, activa: 'si' })
  await post(id, 'aplicacion', { alcance: `categoria:${cast.categories.equipo}`, activa: '' })
  const entries = await db.prisma.auditEntry.findMany({ orderBy: { id: 'asc' }, skip: before })
  expect(entries.map(({ kind, actorId, subjectId }) => [kind, actorId, subjectId])).toEqual(
    ['creada', 'modificada', 'publicada', 'activada', 'desactivada'].map(deed => [
      `encuesta.${deed}`,
      cast.ids.ana,
      id,
    ]),
  )
})
