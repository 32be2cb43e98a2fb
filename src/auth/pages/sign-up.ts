import type { Response } from 'express'
import type { z } from 'zod'
import type { Viewer } from '../../web/access.ts'
import type { FieldError } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { requestAccount as request } from '../actions/request-account.ts'
import { inEvenTime } from '../even-time.ts'
import { limits, type signUpForm } from '../forms.ts'
import { paths } from '../paths.ts'
import { insistOnSignUp } from '../sign-ups.ts'
import type { AuthDependencies } from './dependencies.ts'

declare module '../../web/page.ts' {
  interface ViewModels {
    'auth/sign-up': {
      title: string
      action: string
      values: { nombre: string; correo: string }
      limits: { name: number }
      errors: FieldError[]
      signInHref: string
    }
  }
}

export async function showSignUp({ db }: AuthDependencies, res: Response): Promise<void> {
  await insistOnSignUp(db)
  show(res, {})
}

type SignUpCall = Call<unknown, unknown, z.infer<(typeof signUpForm)['schema']>, Viewer | null>

/** The same answer after the same time, whether the mail has an account or not. */
export async function requestAccount(deps: AuthDependencies, { form, req, res }: SignUpCall): Promise<void> {
  await insistOnSignUp(deps.db)
  if (!form.ok) return show(res, form.typed, form.errors)
  const { nombre: name, correo: email } = form.value
  await inEvenTime(request(deps, { name, email, address: req.ip ?? '' }))
  res.redirect(303, paths.signUpSent)
}

function show(res: Response, { nombre = '', correo = '' }: Record<string, string>, errors: FieldError[] = []): void {
  const values = { nombre, correo }
  const model = { title: 'Crear una cuenta', action: paths.signUp, values, limits, errors, signInHref: paths.signIn }
  res.set('Cache-Control', 'no-store')
  page(res, 'auth/sign-up', model, errors.length > 0 ? 422 : 200)
}

export async function showSignUpSent({ db }: AuthDependencies, res: Response): Promise<void> {
  await insistOnSignUp(db)
  page(res, 'auth/notice', {
    title: 'Falta un paso',
    drawing: 'mail',
    texts: [
      'Le enviamos un correo. Ábralo y siga el enlace para elegir su contraseña: con eso queda creada su cuenta.',
      'Si no llega en unos minutos, busque en el correo no deseado o pida ayuda a quien administra el sistema.',
    ],
    actions: [{ label: 'Volver a ingresar', href: paths.signIn }],
  })
}
