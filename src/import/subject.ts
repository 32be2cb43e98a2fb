const longest = 150

/** Runs of white space, line feeds too, become one blank. */
export function singleLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The text on one line of at most 150 characters, cut between words and then marked by "…". */
export function excerpt(text: string): string {
  const line = singleLine(text)
  if (line.length <= longest) return line
  const head = line.slice(0, longest)
  const blank = head.lastIndexOf(' ')
  // A word that is itself longer is cut; half a surrogate pair goes with it.
  const kept = blank > longest / 2 ? head.slice(0, blank) : head.slice(0, -1).replace(/[\uD800-\uDBFF]$/, '')
  return `${kept.replace(/[\s.,;:]+$/, '')}…`
}

/** Until the first full stop, question or exclamation mark that ends a sentence, or the first line. */
export function firstSentence(text: string): string {
  const [line = ''] = text.trim().split('\n', 1)
  return /^.*?[.!?](?=\s|$)/u.exec(line)?.[0].replace(/\.$/, '') ?? line
}
