import type { ErrorRequestHandler, Request, Response } from 'express'
import { isCrowded, isUnreachable } from '../platform/connections.ts'
import { Conflict, Forbidden, InvalidForm, NotFound, SignedOut, TooLarge, TooManyAttempts } from './errors.ts'
import { page, renderBare } from './page.ts'
import { isShort, RETRY_SECONDS, recoverForm, type SentAgain } from './recovered-form.ts'
import { noteFailure } from './request-log.ts'
import { sqlStateOf } from './sql-state.ts'

interface Answer {
  status: number
  heading: string
  explanation: string
  advice?: string
  changes?: string[]
  href?: string | undefined
}

const HEADINGS: Record<number, string> = {
  400: 'No entendimos la solicitud',
  401: 'Su sesión terminó',
  403: 'No puede hacer esto',
  404: 'No encontramos esta página',
  409: 'Esto cambió mientras usted trabajaba',
  413: 'El envío es demasiado grande',
  422: 'Hay datos que corregir',
  429: 'Demasiados intentos',
  500: 'Algo falló de nuestro lado',
  503: 'El sistema no está disponible en este momento',
}

/** SQLSTATEs that the database's own guards raise (see the migrations), in the words of a person. */
const GUARDS: Record<string, string> = {
  TS001: 'El ticket ya no admite este paso.',
  TS002: 'La persona o el grupo ya no puede atender tickets de esta área.',
  TS003: 'La bitácora no se puede cambiar.',
  TS004: 'Todavía tiene tickets abiertos a su cargo.',
  TS005: 'La auditoría no se puede cambiar.',
  TS010: 'Debe quedar al menos un Administrador activo.',
  TS006: 'La versión publicada de una encuesta no se puede cambiar.',
  TS007: 'El área está archivada y ya no recibe tickets.',
  TS008: 'Las respuestas de una encuesta no se pueden cambiar.',
  TS009: 'El rol de la persona no admite ese permiso.',
  23503: 'Algo de lo que eligió ya no existe, o todavía se usa.',
  40001: 'Otra persona cambió esto en el mismo momento.',
  '40P01': 'Otra persona cambió esto en el mismo momento.',
}

/** The one place where an error becomes a page. */
export const errorPage: ErrorRequestHandler = async (error, req, res, _next) => {
  if (error instanceof SignedOut) return showSignedOut(req, res, error)
  const answer = answerTo(error)
  if (answer.status >= 500) noteFailure(res, error)
  // Half an answer is under way: cut off, so that nobody takes it for a whole one.
  if (res.headersSent) return void res.destroy()
  if (answer.status === 503) return showUnavailable(req, res, answer)
  const model = {
    status: answer.status,
    heading: answer.heading,
    explanation: answer.explanation,
    ...(answer.advice && { advice: answer.advice }),
    ...(answer.changes?.length && { changes: answer.changes }),
    ...(answer.status === 500 && { requestId: req.id }),
    typed: await typedBy(req, res),
    actions: [
      ...(answer.href ? [{ label: 'Ver cómo está ahora', href: answer.href }] : []),
      { label: 'Ir al inicio', href: '/' },
    ],
  }
  if (error instanceof TooManyAttempts) res.set('Retry-After', String(error.seconds))
  show(res, model)
}

/** What somebody wrote whom the system knows, also when he was refused before it was read. */
async function typedBy(req: Request, res: Response): Promise<{ label: string; value: string }[]> {
  if (res.locals.typed) return res.locals.typed
  return req.method === 'POST' && req.user && isShort(req) ? (await recoverForm(req, res)).typed : []
}

/** A session also ends while somebody writes: he finds his form here, and sends it again once he is back. */
async function showSignedOut(req: Request, res: Response, { href }: SignedOut): Promise<void> {
  const form = isShort(req) ? await recoverForm(req, res) : null
  if (!form || !saysSomething(form)) return res.redirect(303, href)
  const { typed, again, hadFiles } = form
  show(res, {
    ...answer(401, 'Para seguir hay que ingresar de nuevo. Lo que envió todavía no se guardó.'),
    advice: again ? RETURN_AND_SEND : `${COPY_FIRST}${hadFiles ? ` ${FILES_GONE}` : ''}`,
    typed,
    ...(again && { again }),
    actions: [{ label: again ? 'Ingresar en otra pestaña' : 'Ingresar', href, newTab: again !== undefined }],
  })
}

/** Whether a form holds more than what its page had put into it for a button. */
const saysSomething = ({ typed, again }: { typed: unknown[]; again?: SentAgain }) =>
  typed.length > 0 || again?.fields.some(({ name, value }) => !OF_BUTTONS.includes(name) && value.trim() !== '')

const OF_BUTTONS = ['envio', 'version', 'visto']
const RETURN_AND_SEND = 'Ingrese en otra pestaña, vuelva a esta y envíelo otra vez.'
const COPY_FIRST = 'Copie lo que escribió antes de ingresar.'

type ErrorPageModel = Omit<Parameters<typeof page<'errors/error'>>[2], 'title'>

/** Whoever has written something gets it back and can send it again; whoever has read can ask again. */
async function showUnavailable(req: Request, res: Response, answer: Answer): Promise<void> {
  const reading = req.method === 'GET' || req.method === 'HEAD'
  const { typed, again, hadFiles } = reading ? { typed: [], hadFiles: false } : await recoverForm(req, res)
  res.set('Retry-After', String(RETRY_SECONDS))
  show(res, {
    ...answer,
    advice: reading ? WAIT : again ? WAIT_AND_SEND : `${WAIT_AND_RETURN}${hadFiles ? ` ${FILES_GONE}` : ''}`,
    typed,
    ...(again && { again }),
    actions: [
      ...(reading ? [{ label: 'Intentar de nuevo', href: req.originalUrl }] : []),
      { label: 'Ir al inicio', href: '/' },
    ],
  })
}

const TOO_BUSY = 'Muchas personas trabajan con él en este momento, y no pudimos atenderle.'
const OUT_OF_REACH = 'No alcanzamos los datos, lo que suele durar poco. Lo que ya estaba guardado sigue guardado.'
const WAIT = 'Espere unos segundos e intente de nuevo.'
const WAIT_AND_SEND =
  'Espere unos segundos y envíelo otra vez. Si a pesar de todo ya se había guardado, no se guarda dos veces.'
const WAIT_AND_RETURN = 'Espere unos segundos, vuelva a la página anterior y envíe otra vez.'
const FILES_GONE = 'Los archivos no se guardaron: adjúntelos otra vez.'

function show(res: Response, said: ErrorPageModel) {
  const model = { ...said, title: said.heading }
  res.set('Cache-Control', 'no-store')
  // The page of a failure must not depend on the session or the database, which may be what failed.
  if (model.status >= 500) res.status(model.status).type('html').send(renderBare('errors/error', model))
  else page(res, 'errors/error', model, model.status)
}

function answerTo(error: unknown): Answer {
  const said = error instanceof Error ? error.message : ''
  if (error instanceof NotFound) {
    return answer(404, 'La dirección no existe, o lo que busca no está a su alcance.')
  }
  if (error instanceof Forbidden) return answer(403, said)
  if (error instanceof InvalidForm) return answer(422, said)
  if (error instanceof TooLarge) return answer(413, said)
  if (error instanceof TooManyAttempts) return answer(429, said)
  if (error instanceof Conflict) return { ...answer(409, said), changes: error.changes, href: error.href }
  return answerToOutsider(error)
}

/** Errors of the libraries: Prisma and PostgreSQL, body-parser and Express. */
function answerToOutsider(error: unknown): Answer {
  if (isCrowded(error)) return { ...answer(503, TOO_BUSY), heading: 'El sistema está muy ocupado' }
  if (isUnreachable(error)) return answer(503, OUT_OF_REACH)
  const guard = GUARDS[sqlStateOf(error) ?? '']
  if (guard) return answer(409, guard)
  const status = (error as { status?: unknown }).status
  if (status === 413) return answer(413, 'El envío supera el tamaño permitido. Acorte el texto e intente de nuevo.')
  if (status === 404) return answer(404, 'La dirección no existe, o lo que busca no está a su alcance.')
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return answer(400, 'La solicitud llegó incompleta o dañada. Vuelva a la página anterior e intente de nuevo.')
  }
  return {
    ...answer(500, 'No pudimos completar lo que pidió. Lo que ya estaba guardado sigue guardado.'),
    advice: 'Intente de nuevo en un momento. Si vuelve a fallar, avise a quien administra el sistema con este número:',
  }
}

const answer = (status: number, explanation: string): Answer => ({
  status,
  heading: HEADINGS[status] ?? '',
  explanation,
})
