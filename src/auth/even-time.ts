import { setTimeout } from 'node:timers/promises'

/** Longer than the work takes that is hidden behind it. */
const EVEN_MS = 400

/** Lets a piece of work take as long as any other, so that the time of an answer does not tell what there was to do. */
export async function inEvenTime<T>(work: Promise<T>): Promise<T> {
  const [result] = await Promise.all([work, setTimeout(EVEN_MS)])
  return result
}
