import type { Response } from 'express'
import { z } from 'zod'
import { NotFound } from '../../web/errors.ts'
import { keepQuiet } from '../../web/request-log.ts'
import type { Call } from '../../web/route.ts'
import { OWN_ACCENT, stylesheetOf } from '../accent.ts'
import { findLogo, readSettings } from '../queries.ts'
import type { SettingsDependencies } from './dependencies.ts'

export const stylesheetParams = z.object({ hash: z.string().regex(/^[0-9a-f]{16}$/) })
export const logoParams = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) })

type BrandCall = Pick<Call<{ hash: string }>, 'params' | 'res'>

const YEAR_IN_SECONDS = 365 * 24 * 60 * 60

/** The styles of the organisation's colour. A page that is older than the colour gets the present one. */
export async function sendStylesheet({ db }: Pick<SettingsDependencies, 'db'>, { params, res }: BrandCall) {
  const { accent } = await readSettings(db)
  const { hash, css } = stylesheetOf(accent ?? OWN_ACCENT)
  keepForever(res, params.hash === hash)
  res.type('css').send(css)
}

/** The picture of the organisation, to whoever knows its address. @throws NotFound when it has another one by now */
export async function sendLogo({ db }: Pick<SettingsDependencies, 'db'>, { params, res }: BrandCall) {
  const bytes = await findLogo(db, params.hash)
  if (!bytes) throw new NotFound()
  keepForever(res, true)
  // Were it opened as a page for all that, it would be nobody's.
  res.set({ 'Content-Security-Policy': "sandbox; default-src 'none'", 'Cross-Origin-Resource-Policy': 'same-origin' })
  res.type('webp').send(Buffer.from(bytes))
}

function keepForever(res: Response, same: boolean): void {
  keepQuiet(res)
  res.set('Cache-Control', same ? `public, max-age=${YEAR_IN_SECONDS}, immutable` : 'no-cache')
}
