import express, { type Express, type Request, type RequestHandler, type Response, type Router } from 'express'
import type { z } from 'zod'
import { type Access, type PublicAccess, refusalOf, type Viewer } from './access.ts'
import { Forbidden, InvalidForm, NotFound, SignedOut } from './errors.ts'
import type { Region } from './format.ts'
import { type FormDefinition, readForm, type Submitted, typedTexts } from './forms.ts'
import { nameRoute } from './request-log.ts'
import { type Submission, takeSubmission, WITHOUT_KEY } from './submissions.ts'
import {
  discardFiles,
  type FileLimits,
  type ReceivedFile,
  receivedFiles,
  receiveFiles,
  tellDestination,
  type UploadRules,
} from './uploads.ts'

// The contract of a request: who? (access) -> which? (params, 404) -> may he send it? (admit) -> what? (body and files, read
// only now) -> the handler.

type Method = 'get' | 'post'

/** One row of the route table, which the access-matrix test walks. */
export interface RouteEntry {
  method: Method
  path: string
  access: Access
  /** A write that carries a key, so that sending it twice does it once. */
  once: boolean
  /** What a POST carries. */
  form?: FormDefinition<z.ZodType> | undefined
}

/** What a route accepts besides its path. */
export interface Input<P extends z.ZodType, Q extends z.ZodType, F extends z.ZodType> {
  params?: P
  query?: Q
  form?: FormDefinition<F>
  /** The form may come as multipart, with files. */
  files?: UploadRules
  /** Throws when this person may not send this form: nothing of it is read then. */
  admit?: (call: { viewer: Viewer; params: z.infer<P> }) => Promise<void>
}

/** What a handler gets: parsed values only, and the person; `viewer` is null on public routes alone. */
export interface Call<P = unknown, Q = unknown, F = unknown, V = Viewer> {
  viewer: V
  /** Where dates and numbers of this answer are read. */
  region: Region
  /** Which files may be attached, as the page says it. */
  fileLimits: FileLimits
  params: P
  query: Q
  form: Submitted<F>
  /** What a write hands to once(); null on every other route. */
  submission: Submission | null
  /** They are gone once the handler is done. */
  files: ReceivedFile[]
  req: Request
  res: Response
}

type Handler<P extends z.ZodType, Q extends z.ZodType, F extends z.ZodType, V> = (
  call: Call<z.infer<P>, z.infer<Q>, z.infer<F>, V>,
) => Promise<void> | void

/** The routes of a slice, in the order in which they are matched. */
export class Routes {
  readonly table: RouteEntry[] = []
  readonly #router: Router = express.Router({ strict: false, caseSensitive: true })

  /** A page. Never writes. */
  get<P extends z.ZodType, Q extends z.ZodType, F extends z.ZodType>(
    path: string,
    access: Access,
    input: Input<P, Q, F>,
    handler: Handler<P, Q, F, Viewer>,
  ): this {
    return this.#add('get', path, access, input, handler)
  }

  /** A write. Its form is required, and read only once access is decided; without a key it is not accepted. */
  post<P extends z.ZodType, Q extends z.ZodType, F extends z.ZodType>(
    path: string,
    access: Access,
    input: Input<P, Q, F> & { form: FormDefinition<F> },
    handler: Handler<P, Q, F, Viewer>,
  ): this {
    return this.#add('post', path, access, input, handler, true)
  }

  /** A form that changes nothing more when it is sent again, such as choosing a theme: it needs no key. */
  idempotent<P extends z.ZodType, Q extends z.ZodType, F extends z.ZodType>(
    path: string,
    access: Access,
    input: Input<P, Q, F> & { form: FormDefinition<F> },
    handler: Handler<P, Q, F, Viewer>,
  ): this {
    return this.#add('post', path, access, input, handler)
  }

  /** A route that nobody has to sign in for; says why. */
  open<P extends z.ZodType, Q extends z.ZodType, F extends z.ZodType>(
    method: Method,
    path: string,
    access: PublicAccess,
    input: Input<P, Q, F>,
    handler: Handler<P, Q, F, Viewer | null>,
  ): this {
    return this.#add(method, path, access, input, handler)
  }

  mount(app: Express): void {
    app.use(this.#router)
  }

  #add<P extends z.ZodType, Q extends z.ZodType, F extends z.ZodType, V>(
    method: Method,
    path: string,
    access: Access,
    input: Input<P, Q, F>,
    handler: Handler<P, Q, F, V>,
    once = false,
  ): this {
    this.table.push({ method, path, access, once, form: input.form })
    const readers = bodyReaders(input)
    this.#router[method](path, named(path), decide(access), matchParams(input.params), ...readers, async (req, res) => {
      const files = receivedFiles(req)
      try {
        const { form, submission } = readSubmitted(input.form, { req, res, files, once })
        const query = input.query?.parse(withoutNul(req.query))
        const { params, region, fileLimits } = res.locals
        const call = { viewer: req.user as V, region, fileLimits, params, query, form, submission, files, req, res }
        await handler(call as never)
      } finally {
        await discardFiles(files)
      }
    })
    return this
  }
}

const named =
  (path: string): RequestHandler =>
  (_req, res, next) => {
    nameRoute(res, path)
    next()
  }

function bodyReaders<P extends z.ZodType>({ form, files, admit }: Input<P, z.ZodType, z.ZodType>): RequestHandler[] {
  if (!form) return []
  const admission: RequestHandler = async (req, res, next) => {
    await admit?.({ viewer: req.user as Viewer, params: res.locals.params })
    if (files) tellDestination(req, res)
    next()
  }
  return [admission, express.urlencoded({ extended: false, limit: '256kb' }), ...(files ? [receiveFiles(files)] : [])]
}

function decide(access: Access): RequestHandler {
  return (req, res, next) => {
    if (access.kind === 'public') return next()
    if (!req.user) {
      const href = `/ingresar${wanted(req)}`
      return req.method === 'POST' ? next(new SignedOut(href)) : res.redirect(303, href)
    }
    res.set('Cache-Control', 'private, no-store')
    const refusal = refusalOf(access, req.user)
    next(refusal ? new Forbidden(refusal) : undefined)
  }
}

/** Where the person goes on after signing in: the page asked for, or the page that a form was sent from. */
function wanted(req: Request): string {
  const target = req.method === 'GET' ? req.originalUrl : pathOf(req.get('referer'))
  return target && target !== '/' ? `?volver=${encodeURIComponent(target)}` : ''
}

function pathOf(referer: string | undefined): string | null {
  if (!referer || !URL.canParse(referer)) return null
  const { pathname, search } = new URL(referer)
  return pathname + search
}

function matchParams(schema: z.ZodType | undefined): RequestHandler {
  return (req, res, next) => {
    if (!schema) return next()
    const result = schema.safeParse(req.params)
    if (!result.success) return next(new NotFound())
    res.locals.params = result.data
    next()
  }
}

/** No text in the database has a NUL, and so none is looked for: an address with one asks as if it were not there. */
const withoutNul = (query: Request['query']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll('\0', '') : value,
    ]),
  )

/** Reads the form; what was typed is put where the error page finds it, so that no refusal loses it. */
function readSubmitted<F extends z.ZodType>(
  form: FormDefinition<F> | undefined,
  { req, res, files, once }: Pick<Call, 'req' | 'res' | 'files'> & { once: boolean },
) {
  if (!form) return { form: undefined, submission: null }
  const { fields, submission } = takeSubmission(req.path, req.body, files)
  const submitted = readForm(form, fields)
  res.locals.typed = typedTexts(form, submitted.typed)
  // A key that no page sends is nobody's mistake: no form is shown again for it.
  const foreign = submitted.ok ? undefined : submitted.errors.find(({ field }) => field === '')
  if (foreign) throw new InvalidForm('', foreign.message)
  if (!once || submission || !submitted.ok) return { form: submitted, submission: once ? submission : null }
  // Shown again, the form has a key.
  const errors = [{ field: '', message: WITHOUT_KEY }]
  return { form: { ...submitted, ok: false as const, errors }, submission }
}
