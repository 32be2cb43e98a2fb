/**
 * Compiles and runs the views. EJS looks names up in a `with` block, which V8 never optimizes; so each view is compiled for the
 * names that it is given, as variables of its own. A name that nobody gave still throws. A view that is given other names
 * another time, such as optional ones, is compiled once more for those.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'
import { projectRoot } from '../platform/root.ts'

export const viewsFolder = join(projectRoot, 'views')

/** What a view can use besides what it is given. */
export interface Tools {
  icon: (name: string, className?: string) => string
  asset: (path: string) => string
  randomUUID: () => string
  formatNumber: (value: number) => string
  /** @param path with a slash in front: "/partials/_time" */
  include: (path: string, parameters?: object) => string
}

/** What a view is run with. */
interface Given {
  model: object
  tools: Tools
}

interface Compiled {
  names: string[]
  run: (given: Given) => string
}

const compiled = new Map<string, Compiled[]>()

/** @param view its path below views/ with a slash in front, without the extension @returns HTML */
export function render(view: string, model: object, tools: Tools): string {
  const names = Object.keys(model)
  const known = compiled.get(view)?.find(each => isSame(each.names, names))
  return (known ?? compile(view, names)).run({ model, tools })
}

function isSame(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((name, place) => name === other[place])
}

/** EJS has an include() of its own, which knows nothing of our folders. */
const INCLUDE = 'includeView'

function compile(view: string, names: string[]): Compiled {
  const filename = join(viewsFolder, `${view}.ejs`)
  const text = readFileSync(filename, 'utf8').replaceAll(/\binclude\(/g, `${INCLUDE}(`)
  const tools = `const { icon, asset, randomUUID, formatNumber, include: ${INCLUDE} } = given.tools`
  const options = {
    filename,
    rmWhitespace: true,
    async: false as const,
    strict: true,
    localsName: 'given',
    escape: escapeHtml,
    // Nothing is looked up but the names, so what is given need not be copied into an object without a prototype.
    unsafePrototypeLocals: true,
  }
  // In a block, for a view may call something of its own by a name that it was given.
  const start = `${tools}; const locals = given.model; const { ${names.join(', ')} } = locals;`
  const run = ejs.compile(`<% ${start} { %>${text}<% } %>`, options) as unknown as Compiled['run']
  const result = { names, run }
  compiled.set(view, [...(compiled.get(view) ?? []), result])
  return result
}

const SPECIAL = /[&<>'"]/
const CODES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

/** Most values have nothing to escape, and looking costs less than replacing. */
function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = String(value)
  return SPECIAL.test(text) ? text.replaceAll(/[&<>'"]/g, character => CODES[character] ?? character) : text
}
