import { crc32, deflateRawSync, deflateSync } from 'node:zlib'
import { picture } from '../support/attachments.ts'
import type { SentFile } from '../support/multipart.ts'

// Files as nobody should send them, with the answer of each written out.

/** Kept under a name and a media type; or refused with a status and a part of the sentence. */
export type Expected = { name: string; mediaType: string; shown?: boolean } | { status: 413 | 422; says: string }

export interface Case extends SentFile {
  /** What is tried. */
  what: string
  expected: Expected
}

export const MAX_BYTES = 200_000

const png = await picture()
const jpeg = await picture(40, 30, 'jpeg')
const gif = await picture(40, 30, 'gif')
const text = 'Una línea\n'
const script = '<script>alert(document.cookie)</script>'
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`
const page = `<!DOCTYPE html><html><body>${script}</body></html>`
const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
const cfb = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504)])
const CONTENT_TYPES = (type: string) => `<Types><Override PartName="/x" ContentType="${type}.main+xml"/></Types>`
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const word = zip({ '[Content_Types].xml': CONTENT_TYPES(WORD), 'word/document.xml': '<w/>' })
const macros = zip({
  '[Content_Types].xml': CONTENT_TYPES('application/vnd.ms-word.document.macroEnabled'),
  'word/vbaProject.bin': 'x',
})
const bomb = zip({ 'ceros.txt': Buffer.alloc(30_000_000) })

const isPicture = (name: string): Expected => ({ name, mediaType: 'image/png', shown: true })
const isText = (name: string): Expected => ({ name, mediaType: 'text/plain; charset=utf-8' })
const no = (says: string, status: 413 | 422 = 422): Expected => ({ status, says })
const kind = 'no es de un tipo que se acepte'
const contents = 'El contenido de'

export const names: Case[] = [
  {
    what: 'accents in two parts',
    name: 'pantallaón.png'.normalize('NFD'),
    bytes: png,
    expected: isPicture('pantallaón.png'),
  },
  { what: 'U+200B in the extension', name: 'foto.p\u200bng', bytes: png, expected: isPicture('foto.png') },
  { what: 'U+200B that hides the extension', name: 'factura.exe\u200b', bytes: png, expected: no(kind) },
  { what: 'nothing but U+200B', name: '\u200b\u200b', bytes: png, expected: no('no tiene un nombre') },
  { what: 'RLO that makes exe.png of gnp.exe', name: 'foto\u202egnp.exe', bytes: png, expected: no(kind) },
  { what: 'RLO before a good extension', name: 'foto\u202egpj.png', bytes: png, expected: isPicture('fotogpj.png') },
  { what: 'two dots', name: '..', bytes: png, expected: no('no tiene un nombre') },
  { what: 'a path that climbs', name: '../../../etc/passwd', bytes: text, expected: no(kind) },
  {
    what: 'a path that climbs to a good name',
    name: '../../public/js/app.png',
    bytes: png,
    expected: isPicture('app.png'),
  },
  { what: 'a path of Windows', name: 'C:\\Users\\ana\\foto.png', bytes: png, expected: isPicture('foto.png') },
  { what: 'a slash from a lookalike', name: '..\u2215foto.png', bytes: png, expected: isPicture('\u2215foto.png') },
  { what: 'a path and nothing after it', name: 'carpeta/', bytes: png, expected: no('no tiene un nombre') },
  { what: 'a percent-encoded NUL', name: 'a%00.png', bytes: png, expected: isPicture('a%00.png') },
  { what: 'a double extension, the last one bad', name: 'factura.pdf.exe', bytes: pdf, expected: no(kind) },
  {
    what: 'a double extension, the last one good',
    name: 'foto.php.png',
    bytes: png,
    expected: isPicture('foto.php.png'),
  },
  { what: 'dots at the end', name: 'foto.png...', bytes: png, expected: isPicture('foto.png') },
  { what: 'no extension', name: 'LEEME', bytes: text, expected: no(kind) },
  { what: 'nothing but an extension', name: '.png', bytes: png, expected: no(kind) },
  { what: 'capitals', name: 'FOTO.PNG', bytes: png, expected: isPicture('FOTO.PNG') },
  { what: 'a word that every object has', name: 'foto.constructor', bytes: png, expected: no(kind) },
  {
    what: 'quotes and a line break',
    name: 'a"b\r\nX-Otra: 1.png',
    bytes: png,
    expected: isPicture('a_bX-Otra_ 1.png'),
  },
  {
    what: 'HTML',
    name: '<img src=x onerror=alert(1)>.png',
    bytes: png,
    expected: isPicture('_img src=x onerror=alert(1)_.png'),
  },
  {
    what: '300 characters',
    name: `${'ñ'.repeat(300)}.png`,
    bytes: png,
    expected: isPicture(`${'ñ'.repeat(145)}….png`),
  },
]

export const bodies: Case[] = [
  { what: '0 bytes', name: 'vacío.txt', bytes: '', expected: no('está vacío') },
  { what: '1 byte', name: 'a.txt', bytes: 'a', expected: isText('a.txt') },
  { what: 'the limit less 1', name: 'a.txt', bytes: 'a'.repeat(MAX_BYTES - 1), expected: isText('a.txt') },
  { what: 'the limit', name: 'a.txt', bytes: 'a'.repeat(MAX_BYTES), expected: isText('a.txt') },
  {
    what: 'the limit and 1',
    name: 'a.txt',
    bytes: 'a'.repeat(MAX_BYTES + 1),
    expected: no('«a.txt» pesa demasiado', 413),
  },
  { what: 'SVG with script', name: 'dibujo.svg', bytes: svg, expected: no(kind) },
  { what: 'SVG as PNG', name: 'dibujo.png', bytes: svg, type: 'image/png', expected: no(contents) },
  { what: 'SVG as text', name: 'dibujo.txt', bytes: svg, expected: no('no contiene texto') },
  {
    what: 'SVG with a prologue, as text',
    name: 'd.txt',
    bytes: `<?xml version="1.0"?>${svg}`,
    expected: no('no contiene texto'),
  },
  { what: 'HTML with script', name: 'pagina.html', bytes: page, type: 'text/plain', expected: no(kind) },
  { what: 'HTML as PDF', name: 'pagina.pdf', bytes: page, type: 'application/pdf', expected: no(contents) },
  { what: 'HTML as text', name: 'pagina.log', bytes: `\ufeff \n${page}`, expected: no('no contiene texto') },
  { what: 'HTML in the middle of a log', name: 'a.log', bytes: `GET / 200\n${page}`, expected: isText('a.log') },
  { what: 'NUL in a text', name: 'a.txt', bytes: 'a\0b', expected: no('no contiene texto') },
  {
    what: 'Latin text',
    name: 'a.csv',
    bytes: Buffer.from('a;ñ\n', 'latin1'),
    expected: { name: 'a.csv', mediaType: 'text/csv; charset=windows-1252' },
  },
  { what: 'a text that begins like a bitmap', name: 'a.txt', bytes: 'BMW azul', expected: isText('a.txt') },
  { what: 'PNG as JPEG', name: 'foto.jpg', bytes: png, expected: no(contents) },
  { what: 'the signature of a PNG alone', name: 'a.png', bytes: png.subarray(0, 24), expected: no('está dañada') },
  { what: 'half a PNG', name: 'a.png', bytes: png.subarray(0, png.length - 20), expected: no('está dañada') },
  { what: 'a GIF that is a script', name: 'a.gif', bytes: 'GIF89a/*\0\0\0*/=1;alert(1)', expected: no('está dañada') },
  {
    what: 'a GIF with a page after it',
    name: 'a.gif',
    bytes: Buffer.concat([gif, Buffer.from(page)]),
    expected: { name: 'a.gif', mediaType: 'application/octet-stream' },
  },
  {
    what: 'a JPEG with an archive after it',
    name: 'a.jpg',
    bytes: Buffer.concat([jpeg, word]),
    expected: { name: 'a.jpg', mediaType: 'application/octet-stream' },
  },
  {
    what: 'a PNG with a PDF after it',
    name: 'a.png',
    bytes: Buffer.concat([png, Buffer.from(pdf)]),
    expected: { name: 'a.png', mediaType: 'application/octet-stream' },
  },
  {
    what: 'a PDF with an archive after it',
    name: 'a.pdf',
    bytes: Buffer.concat([Buffer.from(pdf), word]),
    expected: { name: 'a.pdf', mediaType: 'application/octet-stream' },
  },
  { what: 'a PDF', name: 'a.pdf', bytes: pdf, expected: { name: 'a.pdf', mediaType: 'application/pdf', shown: true } },
  {
    what: 'a PNG that claims 900 million pixels',
    name: 'a.png',
    bytes: claiming(30_000, 30_000),
    expected: no('millones de puntos'),
  },
  {
    what: 'a program',
    name: 'a.txt',
    bytes: Buffer.from('4d5a90000300000004000000ffff', 'hex'),
    expected: no('no contiene texto'),
  },
  {
    what: 'a program as a document',
    name: 'a.docx',
    bytes: Buffer.from('4d5a9000030000000400', 'hex'),
    expected: no(contents),
  },
  { what: 'a document', name: 'a.docx', bytes: word, expected: { name: 'a.docx', mediaType: WORD } },
  { what: 'a document with macros under another name', name: 'a.docx', bytes: macros, expected: no(contents) },
  { what: 'an old document', name: 'a.doc', bytes: cfb, expected: { name: 'a.doc', mediaType: 'application/msword' } },
  {
    what: 'an archive',
    name: 'a.zip',
    bytes: zip({ 'a.txt': 'a' }),
    expected: { name: 'a.zip', mediaType: 'application/zip' },
  },
  {
    what: 'an archive that unpacks to 30 MB',
    name: 'a.zip',
    bytes: bomb,
    expected: { name: 'a.zip', mediaType: 'application/zip' },
  },
  { what: 'the same as a document', name: 'a.docx', bytes: bomb, expected: { name: 'a.docx', mediaType: WORD } },
]

/** An archive with deflated entries. */
function zip(entries: Record<string, string | Buffer>): Buffer {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []]
  let offset = 0
  for (const [name, content] of Object.entries(entries)) {
    const packed = deflateRawSync(Buffer.from(content))
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(Buffer.from(content)), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(Buffer.from(content).length, 18)
    facts.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), packed])
    const rest = Buffer.alloc(16)
    rest.writeUInt32LE(offset, 12)
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02\x14\0', 'latin1'),
        facts.subarray(0, 24),
        Buffer.alloc(2),
        rest.subarray(2),
        Buffer.from(name),
      ]),
    )
    locals.push(local)
    offset += local.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(Buffer.concat(directory).length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}

/** A small PNG whose header claims more pixels than it has. */
function claiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    check.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, check])
  }
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
