import { open } from 'node:fs/promises'

// A text that begins like one of these is a page, a drawing or a document in disguise (the tags are those by which the MIME
// Sniffing Standard recognises a page, and SVG).
const DISGUISED =
  /^\s*(?:<!--|%PDF-|%!PS|\{\\rtf|<(?:!doctype|\?xml|\?php|html|head|body|script|iframe|svg|style|title|a|b|br|div|font|h1|img|p|table)\b)/i
const [BACKSPACE, TAB, LINE_FEED, FORM_FEED, CARRIAGE_RETURN, ESCAPE, BLANK] = [8, 9, 10, 12, 13, 27, 32]
// Terminals' sequences are usual in logs; every other control character is no text.
const CONTROLS_OF_TEXT = new Set([BACKSPACE, TAB, LINE_FEED, FORM_FEED, CARRIAGE_RETURN, ESCAPE])

/** The encoding of a file of text; null when it is none, or when it is something else in disguise. */
export async function charsetOf(path: string): Promise<'utf-8' | 'windows-1252' | null> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let valid = true
  let first = true
  for await (const chunk of chunksOf(path)) {
    if (first && DISGUISED.test(chunk.toString('utf8', 0, 4096).replace(/^\uFEFF/, ''))) return null
    if (chunk.some(byte => byte < BLANK && !CONTROLS_OF_TEXT.has(byte))) return null
    valid &&= decodes(utf8, chunk)
    first = false
  }
  return valid && decodes(utf8) ? 'utf-8' : 'windows-1252'
}

/** @param chunk the next part; none at the end, where no character may be left half */
function decodes(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}

const PAGE = /<(?:!doctype html|html|script|svg|iframe|\?php)[\s>]/i
const DOCUMENT = /%PDF-\d\.\d/
const OVERLAP = 64
const ARCHIVE_END = Buffer.from('PK\x05\x06', 'latin1')
/** An archive is found from its end, which a comment of at most this length follows. */
const LONGEST_COMMENT = 65_535 + 22

/**
 * Whether something that a browser may show is also a page, a document or an archive, for which somebody may be led to take it.
 * @param size in bytes
 */
export async function isSeveralThings(path: string, size: number, mediaType: string): Promise<boolean> {
  if ((await read(path, Math.max(0, size - LONGEST_COMMENT))).includes(ARCHIVE_END)) return true
  // Documents may speak of pages and hold other documents.
  if (mediaType === 'application/pdf') return false
  let previous = ''
  for await (const chunk of chunksOf(path)) {
    const text = previous + chunk.toString('latin1')
    if (PAGE.test(text) || DOCUMENT.test(text)) return true
    previous = text.slice(-OVERLAP)
  }
  return false
}

async function read(path: string, start: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of chunksOf(path, start)) parts.push(chunk)
  return Buffer.concat(parts)
}

/** In parts of a megabyte. */
async function* chunksOf(path: string, start = 0): AsyncGenerator<Buffer> {
  const handle = await open(path)
  for await (const chunk of handle.createReadStream({ start, highWaterMark: 1024 * 1024 })) yield chunk as Buffer
}
