import type { RequestHandler, Response } from 'express'
import type { z } from 'zod'
import { countAddress, forgiveAddress, tooManyAttempts } from '../auth/lockout.ts'
import { problemsOfPassword } from '../auth/password-strength.ts'
import { startSession } from '../auth/start-session.ts'
import { paths as firstSteps } from '../first-steps/paths.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { findViewer } from '../users/viewer.ts'
import { publicBecause, type Viewer } from '../web/access.ts'
import { InvalidForm, NotFound } from '../web/errors.ts'
import type { FieldError } from '../web/forms.ts'
import { say } from '../web/messages.ts'
import { page } from '../web/page.ts'
import { type Call, Routes } from '../web/route.ts'
import { alreadyInstalled, install, WRONG_CODE } from './actions/install.ts'
import { isValidCode } from './codes.ts'
import { installationForm, limits } from './forms.ts'
import { paths } from './paths.ts'
import type { FirstVisit } from './pending.ts'

declare module '../web/page.ts' {
  interface ViewModels {
    'installation/new': {
      title: string
      action: string
      values: { codigo: string; organizacion: string; nombre: string; correo: string }
      errors: FieldError[]
      limits: { name: number }
    }
  }
}

export interface InstallationDependencies {
  db: Database
  clock: Clock
  visit: FirstVisit
}

type SubmitCall = Call<unknown, unknown, z.infer<(typeof installationForm)['schema']>, Viewer | null>

/** Leads everybody to the first visit while that is still to come. */
export function firstVisitFirst(visit: FirstVisit): RequestHandler {
  return async (req, res, next) => {
    if (req.path === paths.installation || !(await visit.isPending())) return next()
    res.set('Cache-Control', 'no-store').redirect(303, paths.installation)
  }
}

export function installationRoutes(deps: InstallationDependencies): Routes {
  const open = publicBecause('nobody has an account yet; a code on the console opens it')
  const stillPending = async () => {
    if (!(await deps.visit.isPending())) throw new NotFound()
  }
  return new Routes()
    .open('get', paths.installation, open, {}, async ({ res }) => {
      await stillPending()
      show(res, {})
    })
    .open('post', paths.installation, open, { form: installationForm }, async call => {
      await stillPending()
      const errors = await problemsOf(deps, call)
      if (errors.length > 0 || !call.form.ok) return show(call.res, call.form.typed, errors)
      await finish(deps, call, call.form.value)
    })
}

function show(res: Response, typed: Record<string, string>, errors: FieldError[] = []): void {
  const { codigo = '', organizacion = '', nombre = '', correo = '' } = typed
  const values = { codigo, organizacion, nombre, correo }
  const model = { title: 'Primera visita', action: paths.installation, values, errors, limits }
  res.set('Cache-Control', 'no-store')
  page(res, 'installation/new', model, errors.length > 0 ? 422 : 200)
}

/** What is wrong with the form; how strong its password is costs time, so only who has the code is told. */
async function problemsOf(
  { db, clock, visit }: InstallationDependencies,
  { form, req }: SubmitCall,
): Promise<FieldError[]> {
  const errors = form.ok ? [] : [...form.errors]
  const code = form.typed.codigo?.trim() ?? ''
  if (code === '') return errors
  const wait = await countAddress(db, req.ip ?? '', clock.now())
  if (wait > 0) throw tooManyAttempts(wait)
  if (!(await isValidCode(db.prisma, code, clock.now()))) {
    if (!(await visit.isPending())) throw alreadyInstalled()
    return [{ field: 'codigo', message: WRONG_CODE }, ...errors]
  }
  await forgiveAddress(db, req.ip ?? '')
  return form.ok ? problemsOfPassword(form.value, wordsOf(form.value)) : errors
}

type Installation = z.infer<(typeof installationForm)['schema']>

const wordsOf = ({ nombre, correo, organizacion }: Installation) => [nombre, correo, organizacion]

async function finish(deps: InstallationDependencies, call: SubmitCall, value: Installation): Promise<void> {
  const { req, res, form } = call
  const { codigo: code, organizacion: organization, nombre: name, correo: email, clave: password } = value
  try {
    const viewer = await findViewer(deps.db, await install(deps, { code, organization, name, email, password }))
    if (!viewer) throw new NotFound()
    await startSession(deps, req, viewer)
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error
    return show(res, form.typed, [{ field: error.field, message: error.message }])
  }
  say(res, {
    kind: 'exito',
    text: 'La cuenta está lista y usted es Administrador. Faltan unos pasos para recibir tickets.',
  })
  res.redirect(303, firstSteps.steps)
}
