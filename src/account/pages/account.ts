import { roleLabels } from '../../users/labels.ts'
import type { Viewer } from '../../web/access.ts'
import { type Moment, type Region, relativeTime } from '../../web/format.ts'
import type { FieldError } from '../../web/forms.ts'
import { type Theme, themeOf } from '../../web/frame.ts'
import { localeOptions } from '../../web/locales.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { browserName, isPortable } from '../browser-name.ts'
import { limits } from '../forms.ts'
import { paths } from '../paths.ts'
import { listSessions, type OwnSession } from '../queries.ts'
import type { AccountDependencies } from './dependencies.ts'

declare module '../../web/page.ts' {
  interface ViewModels {
    'account/show': AccountModel
  }
}

export interface AccountModel {
  title: string
  roleLabel: string
  email: string
  name: { action: string; value: string; max: number; errors: FieldError[] }
  password: { action: string; errors: FieldError[] }
  dates: { action: string; value: string; options: { value: string; label: string }[]; errors: FieldError[] }
  theme: { action: string; value: Theme; back: string }
  sessions: SessionModel[]
  /** Null where there is no other session. */
  closeOthersAction: string | null
}

interface SessionModel {
  browser: string
  /** Name of the icon. */
  drawing: string
  since: Moment | null
  lastUse: Moment
  /** The one in which the page is asked for. */
  current: boolean
}

/** A form of the page that was refused, with what was typed. */
export interface Refused {
  form: 'name' | 'password' | 'dates' | 'sessions'
  typed: Record<string, string>
  errors: FieldError[]
}

export async function showAccount(
  { db, clock }: AccountDependencies,
  { viewer, region, req, res }: Pick<Call, 'viewer' | 'region' | 'req' | 'res'>,
  refused?: Refused,
): Promise<void> {
  const now = clock.now()
  const sessions = (await listSessions(db, viewer.id)).map(each => sessionModel(each, req.sessionID, now, region))
  const model: AccountModel = {
    title: 'Mi cuenta',
    roleLabel: roleLabels[viewer.role],
    email: viewer.email,
    ...formsOf(viewer, refused, localeOptions(now, region.zone)),
    theme: { action: paths.theme, value: themeOf(req), back: paths.account },
    sessions,
    closeOthersAction: sessions.some(({ current }) => !current) ? paths.closeOtherSessions : null,
  }
  page(res, 'account/show', model, refused ? 422 : 200)
}

function formsOf(viewer: Viewer, refused: Refused | undefined, options: { value: string; label: string }[]) {
  const errors = (form: Refused['form']) => (refused?.form === form ? refused.errors : [])
  const name = refused?.typed.nombre ?? viewer.name
  const fechas = refused?.typed.fechas ?? viewer.locale ?? ''
  return {
    name: { action: paths.name, value: name, max: limits.name, errors: errors('name') },
    password: { action: paths.password, errors: errors('password') },
    dates: {
      action: paths.dates,
      value: fechas,
      options,
      errors: errors('dates'),
    },
  }
}

function sessionModel(session: OwnSession, ownId: string, now: Date, region: Region): SessionModel {
  const { sid, since, lastUse, browser } = session
  return {
    browser: browserName(browser),
    drawing: isPortable(browser) ? 'device-mobile' : 'device-desktop',
    since: since && relativeTime(since, now, region),
    // The end of a session is rounded up to a second.
    lastUse: relativeTime(lastUse > now ? now : lastUse, now, region),
    current: sid === ownId,
  }
}
