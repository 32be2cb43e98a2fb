import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)
const drawings = new Map<string, string>()

/**
 * An outline icon of Tabler as inline SVG, hidden from screen readers: the words beside it, or its button's label, say what it means.
 * @param name as on tabler.io/icons; an unknown one throws
 * @param className further classes, separated by blanks
 */
export function icon(name: string, className = ''): string {
  if (!/^[\w -]*$/.test(className)) throw new Error(`Not a list of classes: ${className}`)
  const classes = className ? `icon ${className}` : 'icon'
  // Its size and how it is drawn stand once in the styles: a page has dozens of them.
  return `<svg class="${classes}" aria-hidden="true" viewBox="0 0 24 24">${drawing(name)}</svg>`
}

function drawing(name: string): string {
  const known = drawings.get(name)
  if (known) return known
  const read = readDrawing(name)
  drawings.set(name, read)
  return read
}

/** What is inside the <svg> of the package's file, without the invisible square that every icon begins with. */
function readDrawing(name: string): string {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`Unknown icon: ${name}`)
  let source: string
  try {
    source = readFileSync(resolve(`@tabler/icons/outline/${name}.svg`), 'utf8')
  } catch (cause) {
    throw new Error(`Unknown icon: ${name}`, { cause })
  }
  const inside = source.slice(source.indexOf('>', source.indexOf('<svg')) + 1, source.lastIndexOf('</svg>'))
  return inside.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', '').replace(/>\s+</g, '><').trim()
}
