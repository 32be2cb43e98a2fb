import postcss, { type Rule } from 'postcss'

/**
 * Makes the stylesheet that is served out of Tabler's: only rules that the pages can use, in a cascade layer of its own, and with
 * the theme "auto" (dark when the system is) beside Tabler's "light" and "dark".
 * @param tabler the text of tabler.css
 * @param words every word of the views and browser modules; a class that is none of them is not used
 */
export function deriveStylesheet(tabler: string, words: Set<string>): string {
  const sheet = postcss.parse(tabler)
  sheet.walkComments(comment => {
    if (!comment.text.startsWith('!')) comment.remove()
  })
  sheet.walkRules(rule => keepUsed(rule, words))
  sheet.walkRules(followSystem)
  sheet.walkAtRules(rule => {
    if (rule.name === 'charset' || rule.nodes?.length === 0) rule.remove()
  })
  return `@layer tabler{${sheet.toString()}}`
}

/** Every word of a text that could be the name of a class. */
export const wordsOf = (text: string) => text.match(/[\w-]+/g) ?? []

function keepUsed(rule: Rule, words: Set<string>) {
  if (rule.parent?.type === 'atrule' && 'name' in rule.parent && /keyframes$/.test(rule.parent.name)) return
  const used = rule.selectors.filter(selector => classesOf(selector).every(name => words.has(name)))
  if (used.length === 0) rule.remove()
  else if (used.length < rule.selectors.length) rule.selectors = used
}

/** The classes that an element must have; what a pseudo-class lists in parentheses is left out, it need not be there. */
function classesOf(selector: string): string[] {
  const bare = selector.replace(/\((?:[^()]|\([^()]*\))*\)/g, '')
  return [...bare.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].map(match => match[1] ?? '')
}

const DARK = '[data-bs-theme=dark]'

/** A rule for the dark theme holds for "auto" too while the system is dark; it stays where it was in the cascade. */
function followSystem(rule: Rule) {
  const dark = rule.selectors.filter(selector => selector.includes(DARK))
  if (dark.length === 0 || rule.parent?.type === 'atrule') return
  const copy = rule.clone({ selectors: dark.map(selector => selector.replaceAll(DARK, '[data-bs-theme=auto]')) })
  rule.after(postcss.atRule({ name: 'media', params: '(prefers-color-scheme:dark)', nodes: [copy] }))
}
