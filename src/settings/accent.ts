import { createHash } from 'node:crypto'

/** The application's own colour, as public/css/app.css has it. */
export const OWN_ACCENT = '#0b5cb8'

type Colour = readonly [red: number, green: number, blue: number]

const WHITE: Colour = [255, 255, 255]
const BLACK: Colour = [0, 0, 0]
/** Tabler's surface in the dark theme, gray-800. */
const DARK_SURFACE: Colour = [38, 38, 38]
/** How much of the accent tints what is chosen in the dark theme, see --accent-tint in app.css. */
const DARK_TINT = 0.26
/** WCAG 2.2 asks for 4.5:1; a little more, for the page behind is not always quite white or as dark. */
const ENOUGH = 5

/** What is served to browsers, and its name. */
export interface Stylesheet {
  hash: string
  css: string
}

let last: (Stylesheet & { accent: string }) | undefined

/**
 * The styles that make a colour the accent: darkened as far as white text on it, and it as text on white, need; and as
 * light as text in the dark theme needs.
 * @param accent "#rrggbb"
 */
export function stylesheetOf(accent: string): Stylesheet {
  if (last?.accent === accent) return last
  const ground = shift(parse(accent), BLACK, [WHITE])
  const ink = shift(parse(accent), WHITE, [DARK_SURFACE, mix(DARK_SURFACE, ground, DARK_TINT)])
  const [primary, onDark] = [hexOf(ground), hexOf(ink)]
  const css = `@layer base{:root{--tblr-primary:${primary};--tblr-primary-rgb:${ground.join(',')};--tblr-link-color:light-dark(${primary},${onDark});--accent-ink:light-dark(color-mix(in oklab,${primary},black 20%),${onDark})}}`
  last = { accent, css, hash: createHash('sha256').update(css).digest('hex').slice(0, 16) }
  return last
}

/** Mixes in as little of the other colour as is enough to be told from every background. */
function shift(colour: Colour, towards: Colour, backgrounds: Colour[]): Colour {
  let share = 0
  let shifted = colour
  while (share < 1 && backgrounds.some(background => contrast(shifted, background) < ENOUGH)) {
    share += 0.02
    shifted = mix(colour, towards, Math.min(1, share))
  }
  return shifted
}

function mix(one: Colour, other: Colour, share: number): Colour {
  const blend = (index: 0 | 1 | 2) => Math.round(one[index] * (1 - share) + other[index] * share)
  return [blend(0), blend(1), blend(2)]
}

/** The contrast ratio of WCAG 2.2, from 1 to 21. */
function contrast(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** The relative luminance of WCAG 2.2, from 0 to 1. */
function luminance([red, green, blue]: Colour): number {
  const linear = (value: number) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function parse(hex: string): Colour {
  const part = (start: number) => Number.parseInt(hex.slice(start, start + 2), 16)
  return [part(1), part(3), part(5)]
}

const hexOf = (colour: Colour) => `#${colour.map(value => value.toString(16).padStart(2, '0')).join('')}`
