/**
 * What is made of a text or a number, made once for each. Nothing can be out of date, for what it is made of is at hand each time;
 * what is handed out is shared, so nobody may change it.
 * @param most results that are kept; the one that came first goes first
 */
export function remembered<K extends string | number, T>(most: number, make: (key: K) => T): (key: K) => T {
  const known = new Map<K, T>()
  return key => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(key)
    if (known.size >= most) for (const oldest of known.keys()) if (known.delete(oldest)) break
    known.set(key, made)
    return made
  }
}
