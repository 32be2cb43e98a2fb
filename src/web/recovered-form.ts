/**
 * Nobody's work is lost because all connections to the database are in use, because it is out of reach, or because his session
 * ended while he wrote. Such a request may have failed before its form was read, for who is asking comes first; so the form is
 * read now, its texts are shown, and one button sends it again. Its key goes along: what was done all the same is not done twice.
 */
import express, { type Request, type RequestHandler, type Response } from 'express'
import multer from 'multer'
import type { z } from 'zod'
import { type FormDefinition, typedTexts } from './forms.ts'

/** After how many seconds a browser may come again. */
export const RETRY_SECONDS = 10

/** A form that can be sent again as it came. */
export interface SentAgain {
  action: string
  fields: { name: string; value: string }[]
}

interface Recovered {
  typed: { label: string; value: string }[]
  /** Left out when something cannot be sent again: a file, or a secret, which no page repeats. */
  again?: SentAgain
  hadFiles: boolean
}

/** As much as any form without files holds. */
const MOST_BYTES = 256 * 1024

/** Whether a form is no more work to read than to refuse: nobody makes us wait for what we do not want. */
export const isShort = (req: Request): boolean => Number(req.get('content-length') ?? Infinity) <= MOST_BYTES

/** The fields of what is typed unseen; a test compares them with the views. */
export const SECRETS = ['clave', 'repeticion', 'actual']

/** What somebody has sent, whether it was read already or not. */
export async function recoverForm(req: Request, res: Response): Promise<Recovered> {
  const wasRead = req.body !== undefined
  const hadFiles = wasRead ? Array.isArray(req.files) && req.files.length > 0 : await readTexts(req, res)
  const body: Record<string, unknown> = { ...req.body }
  const form = entryOf(req)?.form
  const typed = res.locals.typed ?? (form ? typedTexts(form, body) : [])
  const fields = Object.entries(body).flatMap(([name, values]) =>
    [values].flat().flatMap(value => (typeof value === 'string' ? [{ name, value }] : [])),
  )
  const repeatable = form && !hadFiles && !fields.some(({ name }) => SECRETS.includes(name))
  return { typed, hadFiles, ...(repeatable && { again: { action: req.originalUrl, fields } }) }
}

/** @returns whether files came along, which are not kept */
async function readTexts(req: Request, res: Response): Promise<boolean> {
  let hadFiles = false
  const texts = multer({
    limits: { fieldSize: MOST_BYTES, fieldNameSize: 100, parts: 500 },
    fileFilter: (_req, { originalname }, decide) => {
      // A file field in which nothing was chosen comes as a file without a name.
      if (originalname !== '') hadFiles = true
      decide(null, false)
    },
  })
  for (const read of [express.urlencoded({ extended: false, limit: MOST_BYTES }), texts.any()]) {
    // A broken form has nothing to keep.
    await passed(read, req, res).catch(() => {})
  }
  return hadFiles
}

function passed(read: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => read(req, res, error => (error ? reject(error) : resolve())))
}

interface Entry {
  method: string
  path: string
  form?: FormDefinition<z.ZodType> | undefined
}

/** The route that the request was on its way to. */
function entryOf({ app, method, path }: Request): Entry | undefined {
  const table: Entry[] = app.locals.routeTable
  return table.find(entry => entry.method === method.toLowerCase() && pattern(entry.path).test(path))
}

const pattern = (path: string) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`)
