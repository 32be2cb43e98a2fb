/**
 * Pages: page(res, 'tickets/show', model) renders views/tickets/show.ejs and puts it into the layout. A view sees its model's
 * fields, asset(path), icon(name, className), formatNumber(value), randomUUID() and include('/partials/_name', parameters),
 * nothing else: a partial only has what it is given, and a name that nobody gave throws. Optional parameters are read as
 * locals.name.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type { Response } from 'express'
import { asset } from './assets.ts'
import { formatNumber, LOCALE } from './format.ts'
import type { FieldError } from './forms.ts'
import { icon } from './icons.ts'
import { fetchAhead } from './prefetching.ts'
import type { SentAgain } from './recovered-form.ts'
import { render, type Tools, viewsFolder } from './templates.ts'

/** Each feature adds its views: declare module '../web/page.ts' { interface ViewModels { 'tickets/show': TicketShow } } */
export interface ViewModels {
  'errors/error': ErrorModel
  'auth/sign-in': SignInModel
}

export interface ErrorModel {
  status: number
  heading: string
  explanation: string
  /** What to do now. */
  advice?: string
  actions: { label: string; href: string; newTab?: boolean }[]
  /** The id of the request in the log. */
  requestId?: string
  /** What the person had typed, by the Spanish name of its field. */
  typed?: { label: string; value: string }[]
  /** What somebody else changed since the form was opened. */
  changes?: string[]
  again?: SentAgain
}

export interface SignInModel {
  action: string
  values: { correo: string }
  /** Where to go after signing in. */
  volver: string
  /** Why signing in failed, when no single field is to blame. */
  error?: string
  errors: FieldError[]
  forgottenHref: string
  /** Null where clients cannot ask for an account by themselves. */
  signUpHref: string | null
  demonstration: null | { password: string; accounts: { email: string; roleLabel: string }[] }
  /** What the organisation says above and below the form, with its line breaks; '' for nothing. */
  welcome: string
  help: string
}

/** What surrounds the view. Without a viewer it is a bare page: no navigation. */
export interface Frame {
  title: string
  /** BCP 47, for the page's language and the numbers on it. */
  locale: string
  organization: string
  brand: Brand
  viewer: null | { name: string; initials: string; email: string; roleLabel: string }
  sections: NavSection[]
  /** The box of the header; its text is what the open page was asked for. */
  search: { href: string; suggestionsHref: string; text: string }
  newTicketHref: string | null
  messages: Message[]
  theme: 'auto' | 'claro' | 'oscuro'
  signOutHref: string
  accountHref: string
  themeHref: string
  homeHref: string
  currentPath: string
  demonstration: boolean
}

/** How the organisation looks; null is the application's own. */
export interface Brand {
  /** In CSS pixels; a wide one stands above the name. */
  logo: null | { src: string; alt: string; width: number; height: number; wide: boolean }
  stylesheetHref: string | null
}

export interface NavSection {
  label: string
  items: { label: string; href: string; icon: string; current: boolean; count?: string }[]
}

export interface Message {
  kind: 'exito' | 'error' | 'aviso'
  text: string
  link?: { href: string; text: string }
}

/** Sends a view inside its layout. The frame comes from res.locals.frame(); before there is one, the page is bare. */
export function page<V extends keyof ViewModels>(
  res: Response,
  view: V,
  model: ViewModels[V] & { title: string },
  status = 200,
): void {
  const frame = (res.locals.frame as (() => Omit<Frame, 'title'>) | undefined)?.() ?? BARE
  if (frame.viewer) fetchAhead(res)
  res
    .status(status)
    .type('html')
    .send(composed(view, model, frame))
}

/** The HTML of a view on a bare page: needs neither session nor database. */
export function renderBare<V extends keyof ViewModels>(view: V, model: ViewModels[V] & { title: string }): string {
  return composed(view, model, BARE)
}

/** The names of all views that page() can show, for the test that renders each. */
export function listViews(): string[] {
  return readdirSync(viewsFolder, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.ejs') && !path.startsWith('layouts/') && !path.includes('/_'))
    .map(path => path.slice(0, -'.ejs'.length))
    .sort()
}

const BARE: Omit<Frame, 'title'> = {
  locale: LOCALE,
  brand: { logo: null, stylesheetHref: null },
  organization: 'Tickets de Soporte',
  viewer: null,
  sections: [],
  search: { href: '/', suggestionsHref: '/', text: '' },
  newTicketHref: null,
  messages: [],
  theme: 'auto',
  signOutHref: '/',
  accountHref: '/',
  themeHref: '/',
  homeHref: '/',
  currentPath: '/',
  demonstration: false,
}

function composed(view: string, model: { title: string }, frame: Omit<Frame, 'title'>): string {
  const tools = toolsFor(frame.locale)
  const body = render(`/${view}`, model, tools)
  return render(frame.viewer ? '/layouts/main' : '/layouts/bare', { ...frame, title: model.title, body }, tools)
}

const toolsByLocale = new Map<string, Tools>()

/** What every view and partial of a page can use besides what it is given. */
function toolsFor(locale: string): Tools {
  const known = toolsByLocale.get(locale)
  if (known) return known
  const tools: Tools = {
    icon,
    asset,
    randomUUID,
    formatNumber: value => formatNumber(value, locale),
    include: (path, parameters = {}) => render(path, parameters, tools),
  }
  toolsByLocale.set(locale, tools)
  return tools
}
