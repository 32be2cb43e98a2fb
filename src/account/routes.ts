import { z } from 'zod'
import { anyoneSignedIn } from '../web/access.ts'
import { defineForm, optionalText } from '../web/forms.ts'
import { themeCookie, themes } from '../web/frame.ts'
import { ownPath } from '../web/redirect.ts'
import { Routes } from '../web/route.ts'
import { paths } from './paths.ts'

const themeForm = defineForm({ tema: z.enum(themes).catch('auto'), volver: optionalText(2000) })

export function accountRoutes(): Routes {
  return new Routes().idempotent(paths.theme, anyoneSignedIn, { form: themeForm }, ({ form, res }) => {
    if (form.ok) res.cookie(...themeCookie(form.value.tema))
    res.redirect(303, ownPath(form.ok ? form.value.volver : ''))
  })
}
