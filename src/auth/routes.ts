import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { readSettings } from '../settings/queries.ts'
import { anyoneSignedIn, publicBecause, type Viewer } from '../web/access.ts'
import type { FieldError } from '../web/forms.ts'
import { page } from '../web/page.ts'
import { ownPath } from '../web/redirect.ts'
import { type Call, Routes } from '../web/route.ts'
import type { People } from '../web/session.ts'
import { emptyForm, signInForm } from './forms.ts'
import { paths } from './paths.ts'
import { localStrategy } from './sign-in.ts'

const WRONG = 'El correo o la contraseña no son correctos.'

const query = z.object({ volver: z.string().catch('') })

export interface AuthDependencies {
  db: Database
  clock: Clock
  /** The application's authenticator; signing in becomes its strategy `local`. */
  people: People
  /** Shown on the page while the installation is a demonstration. */
  demonstration: { password: string; accounts: { email: string; roleLabel: string }[] }
}

export function authRoutes({ db, clock, people, demonstration }: AuthDependencies): Routes {
  people.use(localStrategy(db, clock))

  /** Settles with the person, or with null when the credentials are wrong. */
  const authenticate = ({ req, res }: Pick<Call, 'req' | 'res'>) =>
    new Promise<Viewer | null>((resolve, reject) => {
      const settle = (error: unknown, viewer?: Viewer | false) => (error ? reject(error) : resolve(viewer || null))
      people.authenticate('local', { session: false }, settle)(req, res, reject)
    })

  const show = async (res: Call['res'], typed: Typed, errors: FieldError[] = []) => {
    const { welcomeText: welcome, helpText: help, ...settings } = await readSettings(db)
    const values = { correo: typed.correo ?? '' }
    const model = { title: 'Ingresar', action: paths.signIn, values, volver: typed.volver ?? '', errors }
    const accounts = settings.demonstration ? demonstration : null
    page(res, 'auth/sign-in', { ...model, welcome, help, demonstration: accounts }, errors.length > 0 ? 422 : 200)
  }

  return new Routes()
    .open('get', paths.signIn, publicBecause('people sign in here'), { query }, async ({ viewer, query, res }) => {
      if (viewer) return res.redirect(303, ownPath(query.volver))
      await show(res, { volver: query.volver })
    })
    .open('post', paths.signIn, publicBecause('people sign in here'), { form: signInForm }, async call => {
      const { form, req, res } = call
      if (!form.ok) return show(res, form.typed, form.errors)
      const viewer = await authenticate(call)
      if (!viewer) return show(res, form.typed, [{ field: '', message: WRONG }])
      await new Promise<void>((resolve, reject) => req.logIn(viewer, error => (error ? reject(error) : resolve())))
      res.redirect(303, ownPath(form.value.volver))
    })
    .idempotent(paths.signOut, anyoneSignedIn, { form: emptyForm }, async ({ req, res }) => {
      await new Promise<void>((resolve, reject) => req.logOut(error => (error ? reject(error) : resolve())))
      res.redirect(303, paths.signIn)
    })
}

type Typed = Record<string, string>
