import type { Response } from 'express'
import { z } from 'zod'
import type { Seal } from '../../platform/seal.ts'

// A link that opens an account is shown to whoever made it on the page that follows, once. It travels sealed, so that
// neither the browser's store nor a log keeps it.

const COOKIE = 'enlace'
const LIFETIME_MS = 60_000
const PATH = '/administracion'

const kept = z.tuple([z.number(), z.string()])

const options = ({ req }: Response) => ({ httpOnly: true, sameSite: 'strict' as const, secure: req.secure, path: PATH })

/** Keeps the link of a person for the page that is seen next. */
export function keepLink(res: Response, seal: Seal, personId: number, link: string): void {
  const sealed = Buffer.from(seal.close(JSON.stringify([personId, link]))).toString('base64url')
  res.cookie(COOKIE, sealed, { ...options(res), maxAge: LIFETIME_MS })
}

/** The link that was kept for the page of this person, which is then forgotten; null when there is none. */
export function takeLink(res: Response, seal: Seal, personId: number): string | null {
  const sealed: unknown = res.req.cookies[COOKIE]
  if (typeof sealed !== 'string') return null
  res.clearCookie(COOKIE, options(res))
  const opened = seal.open(Buffer.from(sealed, 'base64url'))
  if (opened === null) return null
  const [id, link] = kept.parse(JSON.parse(opened))
  return id === personId ? link : null
}
