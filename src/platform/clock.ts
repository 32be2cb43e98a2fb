/** The only source of "now" for everything that is stored or compared; tests and demonstration data bring their own. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
