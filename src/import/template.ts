/** Makes a text out of the fields of a row. */
export type Render = (fields: readonly string[]) => string

const piecePattern = /\[((?:[^[\]{}]|\{[^{}]+\})*)\]|\{([^{}]+)\}|[^[{]+|[[{]/g
const placeholderPattern = /\{([^{}]+)\}/g

/** Column names that a template such as "{servicio}[: {calle}]" mentions. */
export function columnsOf(template: string): string[] {
  return [...template.matchAll(placeholderPattern)].map(match => match[1] ?? '')
}

/**
 * A template is text with {column} in it; a part in square brackets is left out when a column inside it is empty
 * (brackets without a column are plain text).
 * @param indexOf position of a column in a row
 */
export function compileTemplate(template: string, indexOf: (column: string) => number): Render {
  const pieces = [...template.matchAll(piecePattern)].map(([text, section]): Render => {
    if (section === undefined || columnsOf(section).length === 0) return plain(text, indexOf)
    const columns = columnsOf(section).map(indexOf)
    const render = plain(section, indexOf)
    return fields => (columns.every(index => (fields[index] ?? '').trim() !== '') ? render(fields) : '')
  })
  return fields => pieces.map(render => render(fields)).join('')
}

function plain(text: string, indexOf: (column: string) => number): Render {
  // The odd elements of the split are the column names.
  const parts = text.split(placeholderPattern).map((part, at) => (at % 2 === 0 ? part : indexOf(part)))
  return fields => parts.map(part => (typeof part === 'string' ? part : (fields[part] ?? '').trim())).join('')
}
