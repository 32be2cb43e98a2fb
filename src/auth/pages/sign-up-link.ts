import type { FieldError } from '../../web/forms.ts'
import { organizationOf } from '../account-mails.ts'
import { createClient } from '../actions/create-client.ts'
import { paths } from '../paths.ts'
import { findSignUp, insistOnSignUp } from '../sign-ups.ts'
import type { AuthDependencies } from './dependencies.ts'
import { type LinkCall, showDeadLink, showNewPassword, takePassword } from './new-password.ts'

const WAY_ON = { label: 'Pedir otro enlace', href: paths.signUp }

/** Shows the form with which a client finishes what he asked for. */
export async function showSignUpLink(
  { db, clock }: AuthDependencies,
  { params, res }: Pick<LinkCall, 'params' | 'res'>,
  errors: FieldError[] = [],
): Promise<void> {
  await insistOnSignUp(db)
  const signUp = await findSignUp(db.prisma, params.token, clock.now())
  if (!signUp) return showDeadLink(res, WAY_ON)
  showNewPassword(res, {
    title: 'Termine de crear su cuenta',
    lead: 'Con su correo y la contraseña que elija ingresará desde ahora.',
    action: paths.signUpLink(params.token),
    name: signUp.name,
    email: signUp.email,
    submit: 'Crear cuenta',
    errors,
  })
}

export async function followSignUpLink(deps: AuthDependencies, call: LinkCall): Promise<void> {
  const { params, req, res } = call
  const { db, clock } = deps
  await insistOnSignUp(db)
  const signUp = await findSignUp(db.prisma, params.token, clock.now())
  if (!signUp) return showDeadLink(res, WAY_ON)
  await takePassword(deps, call, {
    words: [signUp.name, signUp.email, await organizationOf(db.prisma)],
    again: errors => showSignUpLink(deps, call, errors),
    take: password => createClient(deps, { token: params.token, password, address: req.ip ?? '' }),
    wayOn: WAY_ON,
  })
}
