import type { Request, Response } from 'express'
import { z } from 'zod'
import { findViewer } from '../../users/viewer.ts'
import type { Viewer } from '../../web/access.ts'
import { NotFound } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { say } from '../../web/messages.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import type { newPasswordForm } from '../forms.ts'
import { problemsOfPassword } from '../password-strength.ts'
import { startSession } from '../start-session.ts'
import type { AuthDependencies } from './dependencies.ts'

declare module '../../web/page.ts' {
  interface ViewModels {
    'auth/new-password': NewPasswordModel
    'auth/notice': NoticeModel
  }
}

interface NewPasswordModel {
  title: string
  lead: string
  action: string
  /** Whose account it is, for the person and for his password manager. */
  name: string
  email: string
  submit: string
  errors: FieldError[]
}

/** What somebody is told who may not be known: the same to everybody. */
interface NoticeModel {
  title: string
  /** Name of the icon. */
  drawing: string
  texts: string[]
  actions: { label: string; href: string }[]
}

export const tokenParams = z.object({ token: z.string() })

/** A link that was mailed, with the form in which its person chooses a password. */
export type LinkCall = Call<
  z.infer<typeof tokenParams>,
  unknown,
  z.infer<(typeof newPasswordForm)['schema']>,
  Viewer | null
>

/** Shows the form behind a link, or that the link is of no use. */
export function showNewPassword(res: Response, model: NewPasswordModel): void {
  keepToOurselves(res)
  page(res, 'auth/new-password', model, model.errors.length > 0 ? 422 : 200)
}

/** The same for links that were used, expired, were taken back or never were. */
export function showDeadLink(res: Response, wayOn: { label: string; href: string }): void {
  keepToOurselves(res)
  const texts = [
    'Los enlaces sirven una sola vez y por un tiempo limitado, y uno nuevo reemplaza a los anteriores.',
    'Si ya eligió su contraseña, ingrese con ella. Si no, pida otro enlace.',
  ]
  const actions = [wayOn, { label: 'Ir al inicio', href: '/' }]
  page(res, 'auth/notice', { title: 'Este enlace ya no sirve', drawing: 'link-off', texts, actions }, 404)
}

/** What becomes of the password that was chosen behind a link. */
interface Taking {
  /** The person's own, which make a password weak. */
  words: string[]
  /** Shows the form again. */
  again(errors: FieldError[]): Promise<void>
  /** Uses the link up. @returns whose account it opens, or null when it does not work any more */
  take(password: string): Promise<number | null>
  wayOn: { label: string; href: string }
}

/** Lets somebody in with the password that he chose, once it is a good one. */
export async function takePassword(deps: AuthDependencies, call: LinkCall, taking: Taking): Promise<void> {
  const { form, req, res } = call
  if (!form.ok) return taking.again(form.errors)
  const problems = await problemsOfPassword(form.value, taking.words)
  if (problems.length > 0) return taking.again(problems)
  const id = await taking.take(form.value.clave)
  if (id === null) return showDeadLink(res, taking.wayOn)
  await welcome(deps, req, res, id)
}

async function welcome(deps: AuthDependencies, req: Request, res: Response, id: number): Promise<void> {
  const viewer = await findViewer(deps.db, id)
  if (!viewer) throw new NotFound()
  await startSession(deps, req, viewer)
  say(res, { kind: 'exito', text: 'Su contraseña quedó establecida.' })
  res.redirect(303, '/')
}

/** The address opens an account. `no-referrer` would make browsers without TLS hide the origin of our own form, too. */
function keepToOurselves(res: Response): void {
  res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'strict-origin' })
}
