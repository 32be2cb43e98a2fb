import type { z } from 'zod'
import { actorOf } from '../audit/record.ts'
import { anyoneSignedIn } from '../web/access.ts'
import { themeCookie } from '../web/frame.ts'
import { ownPath } from '../web/redirect.ts'
import { type Call, Routes } from '../web/route.ts'
import { changeDates } from './actions/change-dates.ts'
import { changeName } from './actions/change-name.ts'
import { changePassword, knowsPassword } from './actions/change-password.ts'
import { closeOtherSessions } from './actions/close-other-sessions.ts'
import { datesForm, emptyForm, nameForm, passwordForm, themeForm } from './forms.ts'
import { showAccount } from './pages/account.ts'
import type { AccountDependencies } from './pages/dependencies.ts'
import { save } from './pages/saving.ts'
import { paths } from './paths.ts'

const FORMS = {
  name: { form: 'name', done: 'Su nombre quedó guardado.' },
  password: { form: 'password', done: 'Su contraseña cambió y sus demás sesiones se cerraron.' },
  dates: { form: 'dates', done: 'El formato de las fechas quedó guardado.' },
  sessions: { form: 'sessions', done: 'Sus demás sesiones se cerraron.' },
} as const

export function accountRoutes(deps: AccountDependencies): Routes {
  return new Routes()
    .get(paths.account, anyoneSignedIn, {}, call => showAccount(deps, call))
    .post(paths.name, anyoneSignedIn, { form: nameForm }, call =>
      save(deps, call, FORMS.name, (joined, { nombre }) =>
        changeName(joined, call.viewer, { name: nombre, actor: actorOf(call) }),
      ),
    )
    .post(paths.password, anyoneSignedIn, { form: passwordForm }, call => savePassword(deps, call))
    .post(paths.dates, anyoneSignedIn, { form: datesForm }, call =>
      save(deps, call, FORMS.dates, (joined, { fechas }) => changeDates(joined, call.viewer, fechas || null)),
    )
    .post(paths.closeOtherSessions, anyoneSignedIn, { form: emptyForm }, call =>
      save(deps, call, FORMS.sessions, joined =>
        closeOtherSessions(joined, call.viewer, { sessionId: call.req.sessionID, actor: actorOf(call) }),
      ),
    )
    .idempotent(paths.theme, anyoneSignedIn, { form: themeForm }, ({ form, res }) => {
      if (form.ok) res.cookie(...themeCookie(form.value.tema))
      res.redirect(303, ownPath(form.ok ? form.value.volver : ''))
    })
}

type PasswordCall = Call<unknown, unknown, z.infer<(typeof passwordForm)['schema']>>

async function savePassword(deps: AccountDependencies, call: PasswordCall): Promise<void> {
  const { viewer, form, req } = call
  const actor = actorOf(call)
  const claim = form.ok && { password: form.value.actual, address: actor.address }
  const proven = claim && (await knowsPassword(deps, viewer, claim))
  await save(deps, call, FORMS.password, (joined, { clave, repeticion }) =>
    changePassword(joined, viewer, { proven, chosen: { clave, repeticion }, actor, sessionId: req.sessionID }),
  )
}
