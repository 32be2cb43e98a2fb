import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Message } from './page.ts'
import { isFetchedAhead } from './prefetching.ts'

// What happened is told on the page that follows a redirect. It travels in a signed cookie of its own, for a session is
// saved only after its answer is under way: the next request may come before that.

const COOKIE = 'mensaje'
const LIFETIME_MS = 60_000

const message: z.ZodType<Message> = z.object({
  kind: z.enum(['exito', 'error', 'aviso']),
  text: z.string(),
  link: z.object({ href: z.string(), text: z.string() }).optional(),
}) as z.ZodType<Message>

const options = ({ secure }: Request) => ({ httpOnly: true, sameSite: 'lax' as const, secure, signed: true })

/** Keeps a message for the page that the person sees next. */
export function say(res: Response, message: Message): void {
  res.cookie(COOKIE, JSON.stringify(message), { ...options(res.req), maxAge: LIFETIME_MS })
}

/**
 * Tells what a form did, or that it had been sent before and did nothing this time.
 * @param done undefined where the page itself shows it
 */
export function sayOutcome(res: Response, { repeated }: { repeated: boolean }, done?: Message): void {
  const message = repeated ? REPEATED : done
  if (message) say(res, message)
}

const REPEATED: Message = { kind: 'aviso', text: 'Este formulario ya se había enviado: no se repitió nada.' }

/** The message that was kept, which is then forgotten; none when somebody tampered with it, or may not see the page. */
export function takeMessages(res: Response): Message[] {
  const kept: unknown = res.req.signedCookies[COOKIE]
  if (typeof kept !== 'string' || isFetchedAhead(res.req)) return []
  res.clearCookie(COOKIE, options(res.req))
  return [message.parse(JSON.parse(kept))]
}
