import type { Response } from 'express'
import type { z } from 'zod'
import type { Viewer } from '../../web/access.ts'
import type { FieldError } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { requestLink } from '../actions/request-link.ts'
import { inEvenTime } from '../even-time.ts'
import type { forgottenForm } from '../forms.ts'
import { paths } from '../paths.ts'
import type { AuthDependencies } from './dependencies.ts'

declare module '../../web/page.ts' {
  interface ViewModels {
    'auth/forgotten': { title: string; action: string; value: string; errors: FieldError[]; signInHref: string }
  }
}

export function showForgotten(res: Response, value = '', errors: FieldError[] = []): void {
  res.set('Cache-Control', 'no-store')
  const model = { title: '¿Olvidó su contraseña?', action: paths.forgotten, value, errors, signInHref: paths.signIn }
  page(res, 'auth/forgotten', model, errors.length > 0 ? 422 : 200)
}

type ForgottenCall = Call<unknown, unknown, z.infer<(typeof forgottenForm)['schema']>, Viewer | null>

/** The same answer after the same time, whoever has this mail. */
export async function requestForgotten(deps: AuthDependencies, { form, req, res }: ForgottenCall): Promise<void> {
  if (!form.ok) return showForgotten(res, form.typed.correo, form.errors)
  await inEvenTime(requestLink(deps, { email: form.value.correo, address: req.ip ?? '' }))
  res.redirect(303, paths.forgottenSent)
}

export function showForgottenSent(res: Response): void {
  page(res, 'auth/notice', {
    title: 'Revise su correo',
    drawing: 'mail',
    texts: [
      'Si hay una cuenta con ese correo, le enviamos un enlace para elegir otra contraseña. Sirve una sola vez.',
      'Si no llega en unos minutos, busque en el correo no deseado o pida ayuda a quien administra el sistema.',
    ],
    actions: [{ label: 'Volver a ingresar', href: paths.signIn }],
  })
}
