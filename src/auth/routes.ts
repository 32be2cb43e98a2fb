import { recordAudit } from '../audit/record.ts'
import { anyoneSignedIn, publicBecause } from '../web/access.ts'
import { Routes } from '../web/route.ts'
import { emptyForm, forgottenForm, newPasswordForm, signInForm, signUpForm } from './forms.ts'
import { followAccountLink, showAccountLink } from './pages/account-link.ts'
import type { AuthDependencies } from './pages/dependencies.ts'
import { requestForgotten, showForgotten, showForgottenSent } from './pages/forgotten.ts'
import { tokenParams } from './pages/new-password.ts'
import { showSignIn, signIn, signInQuery } from './pages/sign-in.ts'
import { requestAccount, showSignUp, showSignUpSent } from './pages/sign-up.ts'
import { followSignUpLink, showSignUpLink } from './pages/sign-up-link.ts'
import { paths } from './paths.ts'
import { localStrategy } from './sign-in.ts'

const door = publicBecause('people sign in here')
const link = publicBecause('whoever has the link sets a password with it')
const client = publicBecause('clients ask for an account here, where the settings let them')
const forgotten = publicBecause('whoever forgot his password cannot sign in')

export function authRoutes(deps: AuthDependencies): Routes {
  const { db, clock, people } = deps
  people.use(localStrategy(db, clock))
  return new Routes()
    .open('get', paths.signIn, door, { query: signInQuery }, call => showSignIn(deps, call))
    .open('post', paths.signIn, door, { form: signInForm }, call => signIn(deps, call))
    .idempotent(paths.signOut, anyoneSignedIn, { form: emptyForm }, async ({ viewer, req, res }) => {
      const { id, name } = viewer
      const actor = { id, address: req.ip ?? '' }
      await recordAudit(db.prisma, actor, clock.now(), { kind: 'salida', subject: { type: 'usuario', id, name } })
      await new Promise<void>((resolve, reject) => req.logOut(error => (error ? reject(error) : resolve())))
      res.redirect(303, paths.signIn)
    })
    .open('get', paths.accountLink(':token'), link, { params: tokenParams }, call => showAccountLink(deps, call))
    .open('post', paths.accountLink(':token'), link, { params: tokenParams, form: newPasswordForm }, call =>
      followAccountLink(deps, call),
    )
    .open('get', paths.forgotten, forgotten, {}, ({ res }) => showForgotten(res))
    .open('post', paths.forgotten, forgotten, { form: forgottenForm }, call => requestForgotten(deps, call))
    .open('get', paths.forgottenSent, forgotten, {}, ({ res }) => showForgottenSent(res))
    .open('get', paths.signUp, client, {}, ({ res }) => showSignUp(deps, res))
    .open('post', paths.signUp, client, { form: signUpForm }, call => requestAccount(deps, call))
    .open('get', paths.signUpSent, client, {}, ({ res }) => showSignUpSent(deps, res))
    .open('get', paths.signUpLink(':token'), client, { params: tokenParams }, call => showSignUpLink(deps, call))
    .open('post', paths.signUpLink(':token'), client, { params: tokenParams, form: newPasswordForm }, call =>
      followSignUpLink(deps, call),
    )
}
