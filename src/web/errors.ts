// What an action or a handler throws; error-page.ts makes a page of it.

/** What does not exist, or does not exist for this person: 404. */
export class NotFound extends Error {}

/** What somebody sees but may not do; the message is the Spanish sentence that says why: 403. */
export class Forbidden extends Error {}

/** Whoever sends a form is not signed in any more; what he wrote waits until he is. */
export class SignedOut extends Error {
  /** Where he signs in. */
  readonly href: string
  constructor(href: string) {
    super()
    this.href = href
  }
}

/** A form that an action refuses; the handler shows the form again: 422. */
export class InvalidForm extends Error {
  readonly field: string
  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

/** Somebody else was first: 409. */
export class Conflict extends Error {
  /** Sentences that tell what changed since the form was opened. */
  readonly changes: string[]
  /** Where the present state can be seen. */
  readonly href: string | undefined
  constructor(message: string, changes: string[] = [], href?: string) {
    super(message)
    this.changes = changes
    this.href = href
  }
}

/** A form or a file over its limit: 413. */
export class TooLarge extends Error {}

/** Too many attempts: 429. */
export class TooManyAttempts extends Error {
  readonly seconds: number
  constructor(message: string, seconds: number) {
    super(message)
    this.seconds = seconds
  }
}
