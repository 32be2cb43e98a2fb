import type { Request, RequestHandler, Response } from 'express'
import type { Viewer } from './access.ts'
import { arrivalOf } from './arrival.ts'
import { initials, type Region } from './format.ts'
import type { Installation } from './installation.ts'
import { takeMessages } from './messages.ts'
import type { Frame, Message, NavSection } from './page.ts'

interface FrameSources {
  /** For requests without a session; read anew on each, so that a change counts at once in every process. */
  readInstallation: () => Promise<Installation>
  roleLabel: (viewer: Viewer) => string
  /** The navigation for a person, without saying which page is open. */
  sections: (viewer: Viewer, installation: Installation) => Section[]
  /** What waits behind the entries of the navigation, by their hrefs. */
  counts: (viewer: Viewer) => Promise<ReadonlyMap<string, string>>
  newTicketHref: (viewer: Viewer) => string | null
  paths: { signOut: string; account: string; theme: string; home: string; search: string; suggestions: string }
}

/** A part of the navigation. */
export interface Section {
  label: string
  items: { label: string; href: string; icon: string }[]
}

const THEMES = ['auto', 'claro', 'oscuro'] as const
export type Theme = (typeof THEMES)[number]
const THEME_COOKIE = 'tema'
const YEAR_IN_MS = 365 * 24 * 3600 * 1000

/** Gives every page of a request its frame, and every handler the region that its answer is for and the limits of files. */
export function framed(sources: FrameSources): RequestHandler {
  return async (req, res, next) => {
    // A write mostly leads to another page, which counts for itself; an image or a dialog's form shows no sidebar.
    const isPage = req.method === 'GET' && ['document', undefined].includes(req.get('sec-fetch-dest'))
    const counting = req.user && isPage ? sources.counts(req.user) : new Map<string, string>()
    const [installation, counts] = await Promise.all([
      arrivalOf(req)?.installation ?? sources.readInstallation(),
      counting,
    ])
    res.locals.fileLimits = installation.fileLimits
    res.locals.region = regionOf(installation, req.user)
    res.locals.frame = () => frameOf(res, installation, counts, sources)
    next()
  }
}

/** A person's own choice counts before the organisation's. */
const regionOf = ({ region }: Installation, viewer: Viewer | undefined): Region => ({
  locale: viewer?.locale ?? region.locale,
  zone: region.zone,
})

function frameOf(
  res: Response,
  installation: Installation,
  counts: ReadonlyMap<string, string>,
  sources: FrameSources,
): Omit<Frame, 'title'> {
  const { req } = res
  const viewer = req.user
  return {
    locale: regionOf(installation, viewer).locale,
    organization: installation.organizationName,
    brand: installation.brand,
    viewer: viewer
      ? {
          name: viewer.name,
          initials: initials(viewer.name),
          email: viewer.email,
          roleLabel: sources.roleLabel(viewer),
        }
      : null,
    sections: viewer ? withCurrent(sources.sections(viewer, installation), req.path, counts) : [],
    search: {
      href: sources.paths.search,
      suggestionsHref: sources.paths.suggestions,
      text: req.path === sources.paths.search && typeof req.query.texto === 'string' ? req.query.texto : '',
    },
    newTicketHref: viewer ? sources.newTicketHref(viewer) : null,
    messages: viewer ? takeMessages(res).map(message => withoutSelf(message, req.path)) : [],
    theme: themeOf(req),
    signOutHref: sources.paths.signOut,
    accountHref: sources.paths.account,
    themeHref: sources.paths.theme,
    homeHref: sources.paths.home,
    currentPath: req.method === 'GET' ? req.originalUrl : sources.paths.home,
    demonstration: installation.demonstration,
  }
}

/** A link to the page that is open already says nothing. */
function withoutSelf(message: Message, path: string): Message {
  const { link, ...rest } = message
  return link && link.href !== path ? message : rest
}

/** The entry with the longest path that leads here is the current one: /tickets/nuevo is not Tickets. */
function withCurrent(sections: Section[], path: string, counts: ReadonlyMap<string, string>): NavSection[] {
  const hrefs = sections.flatMap(({ items }) => items.map(({ href }) => href))
  const here = hrefs
    .filter(href => path === href || path.startsWith(`${href}/`))
    .sort((one, other) => other.length - one.length)[0]
  return sections.map(({ label, items }) => ({
    label,
    items: items.map(item => {
      const count = counts.get(item.href)
      return { ...item, current: item.href === here, ...(count && { count }) }
    }),
  }))
}

/** The look that the person chose in this browser; `auto` follows the system. */
export const themeOf = (req: Request): Theme => THEMES.find(theme => theme === req.cookies[THEME_COOKIE]) ?? 'auto'

/** The cookie that keeps a theme, as arguments of res.cookie. */
export const themeCookie = (theme: Theme) =>
  [THEME_COOKIE, theme, { sameSite: 'lax', httpOnly: true, maxAge: YEAR_IN_MS }] as const

export { THEMES as themes }
