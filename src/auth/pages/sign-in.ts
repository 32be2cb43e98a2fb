import { z } from 'zod'
import { readSettings } from '../../settings/queries.ts'
import type { Viewer } from '../../web/access.ts'
import type { FieldError } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import { ownPath } from '../../web/redirect.ts'
import type { Call } from '../../web/route.ts'
import type { signInForm } from '../forms.ts'
import { paths } from '../paths.ts'
import { startSession } from '../start-session.ts'
import type { AuthDependencies } from './dependencies.ts'

const WRONG = 'El correo o la contraseña no son correctos.'

export const signInQuery = z.object({ volver: z.string().catch('') })

type SignInPage = Call<unknown, z.infer<typeof signInQuery>, unknown, Viewer | null>
type SignInCall = Call<unknown, unknown, z.infer<(typeof signInForm)['schema']>, Viewer | null>

export async function showSignIn(deps: AuthDependencies, { viewer, query, res }: SignInPage): Promise<void> {
  if (viewer) return res.redirect(303, ownPath(query.volver))
  await show(deps, res, { volver: query.volver })
}

export async function signIn(deps: AuthDependencies, call: SignInCall): Promise<void> {
  const { form, req, res } = call
  if (!form.ok) return show(deps, res, form.typed, form.errors)
  const viewer = await authenticate(deps, call)
  if (!viewer) return show(deps, res, form.typed, [{ field: '', message: WRONG }])
  await startSession(deps, req, viewer)
  res.redirect(303, ownPath(form.value.volver))
}

/** Settles with the person, or with null when the credentials are wrong. */
const authenticate = ({ people }: AuthDependencies, { req, res }: Pick<Call, 'req' | 'res'>) =>
  new Promise<Viewer | null>((resolve, reject) => {
    const settle = (error: unknown, viewer?: Viewer | false) => (error ? reject(error) : resolve(viewer || null))
    people.authenticate('local', { session: false }, settle)(req, res, reject)
  })

async function show(
  { db, demonstration }: AuthDependencies,
  res: Call['res'],
  { correo = '', volver = '' }: Record<string, string>,
  errors: FieldError[] = [],
): Promise<void> {
  const settings = await readSettings(db)
  const model = {
    title: 'Ingresar',
    action: paths.signIn,
    values: { correo },
    volver,
    errors,
    forgottenHref: paths.forgotten,
    welcome: settings.welcomeText,
    help: settings.helpText,
    signUpHref: settings.signUp ? paths.signUp : null,
    demonstration: settings.demonstration ? demonstration : null,
  }
  page(res, 'auth/sign-in', model, errors.length > 0 ? 422 : 200)
}
