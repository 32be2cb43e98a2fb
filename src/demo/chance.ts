/** Chance that repeats itself: the same seed gives the same numbers, so that every demonstration is the same one. */
export interface Chance {
  /** From 0 inclusive to 1 exclusive. */
  fraction(): number
  between(least: number, most: number): number
  shuffled<T>(list: readonly T[]): T[]
}

/** Mulberry32, by Tommy Ettinger (public domain). */
export function createChance(seed: number): Chance {
  let state = seed
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    fraction,
    between: (least, most) => least + fraction() * (most - least),
    shuffled: list =>
      list
        .map(item => ({ item, place: fraction() }))
        .sort((one, other) => one.place - other.place)
        .map(({ item }) => item),
  }
}

/** Goes through each list in turn, so that nothing is left out and nothing comes twice in a row. */
export type Turns = <T>(name: string, list: readonly T[]) => T

export function createTurns(): Turns {
  const taken = new Map<string, number>()
  return (name, list) => {
    const turn = taken.get(name) ?? 0
    taken.set(name, turn + 1)
    const item = list[turn % list.length]
    if (item === undefined) throw new Error(`nothing to choose from: ${name}`)
    return item
  }
}
