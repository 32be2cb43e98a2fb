import type { FieldError } from '../../web/forms.ts'
import { findAccountLink } from '../account-links.ts'
import { organizationOf } from '../account-mails.ts'
import { setPassword } from '../actions/set-password.ts'
import { paths } from '../paths.ts'
import type { AuthDependencies } from './dependencies.ts'
import { type LinkCall, showDeadLink, showNewPassword, takePassword } from './new-password.ts'

const WAY_ON = { label: 'Pedir otro enlace', href: paths.forgotten }

/** Shows the form of an invitation or of a forgotten password. */
export async function showAccountLink(
  { db, clock }: AuthDependencies,
  { params, res }: Pick<LinkCall, 'params' | 'res'>,
  errors: FieldError[] = [],
): Promise<void> {
  const link = await findAccountLink(db.prisma, params.token, clock.now())
  if (!link) return showDeadLink(res, WAY_ON)
  showNewPassword(res, {
    title: 'Elija su contraseña',
    lead: 'Con su correo y la contraseña que elija ingresará desde ahora.',
    action: paths.accountLink(params.token),
    name: link.user.name,
    email: link.email,
    submit: 'Guardar contraseña',
    errors,
  })
}

export async function followAccountLink(deps: AuthDependencies, call: LinkCall): Promise<void> {
  const { params, req, res } = call
  const { db, clock } = deps
  const link = await findAccountLink(db.prisma, params.token, clock.now())
  if (!link) return showDeadLink(res, WAY_ON)
  const { name, email, organization } = link.user
  await takePassword(deps, call, {
    words: [name, email ?? '', organization?.name ?? '', await organizationOf(db.prisma)],
    again: errors => showAccountLink(deps, call, errors),
    take: password => setPassword(deps, { token: params.token, password, address: req.ip ?? '' }),
    wayOn: WAY_ON,
  })
}
