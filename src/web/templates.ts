/**
 * Compiles and runs the views. EJS looks names up in a `with` block, which V8 never optimizes; so each view is compiled for the
 * names that it is given, as variables of its own. A name that nobody gave still throws. A view that is given other names
 * another time, such as optional ones, is compiled once more for those.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs, { type TemplateFunction } from 'ejs'
import { projectRoot } from '../platform/root.ts'

export const viewsFolder = join(projectRoot, 'views')

/** What a view can use besides what it is given. */
export interface Tools extends Record<string, unknown> {
  include: (path: string, parameters?: object) => string
}

interface Compiled {
  names: string[]
  run: TemplateFunction
}

const compiled = new Map<string, Compiled[]>()

/** @param view its path below views/, without the extension @returns HTML */
export function render(view: string, model: object, tools: Tools): string {
  const { include, ...others } = tools
  const locals = { ...model, ...others, [INCLUDE]: include }
  const names = Object.keys(locals)
  const known = compiled.get(view)?.find(each => isSame(each.names, names))
  return (known ?? compile(view, names)).run(locals)
}

function isSame(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((name, place) => name === other[place])
}

/** EJS has an include() of its own, which knows nothing of our folders. */
const INCLUDE = 'includeView'

function compile(view: string, names: string[]): Compiled {
  const filename = join(viewsFolder, `${view}.ejs`)
  const text = readFileSync(filename, 'utf8').replaceAll(/\binclude\(/g, `${INCLUDE}(`)
  // In a block, for a view may call something of its own by a name that it was given.
  const options = {
    filename,
    rmWhitespace: true,
    async: false as const,
    strict: true,
    destructuredLocals: names,
    // Nothing is looked up but the names above, so the model need not be copied into one without a prototype.
    unsafePrototypeLocals: true,
  }
  const run = ejs.compile(`<% { %>${text}<% } %>`, options)
  const result = { names, run }
  compiled.set(view, [...(compiled.get(view) ?? []), result])
  return result
}
