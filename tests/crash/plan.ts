import { randomInt } from 'node:crypto'
import { createChance } from '../../src/demo/chance.ts'

/** Who is ended without warning. */
export type Victim = 'application' | 'postgres' | 'both'

/** When a round's crash comes: after so many answers, and then this long. */
export interface Round {
  number: number
  victim: Victim
  answers: number
  milliseconds: number
  /** Of what the writers of this round choose. */
  seed: number
}

/** CRASH_SEED repeats a run, CRASH_ROUNDS makes it longer; without them two rounds by chance. */
export function planRounds({ CRASH_SEED, CRASH_ROUNDS }: NodeJS.ProcessEnv): { seed: number; rounds: Round[] } {
  const seed = Number(CRASH_SEED ?? randomInt(2 ** 31))
  const chance = createChance(seed)
  const victims: Victim[] = ['application', 'postgres', 'both']
  // Every victim comes in its turn, so that a short run has two kinds and a long one all of them often.
  const order = chance.shuffled(victims)
  const rounds = Array.from({ length: Number(CRASH_ROUNDS ?? 2) }, (_, index) => ({
    number: index + 1,
    victim: order[index % order.length] ?? 'both',
    answers: Math.floor(chance.between(5, 80)),
    milliseconds: Math.floor(chance.between(0, 60)),
    seed: Math.floor(chance.between(0, 2 ** 31)),
  }))
  return { seed, rounds }
}
