// What may be attached: by extension, what the bytes must be, and how it is sent back.

/** A kind of file that people attach. */
export interface FileKind {
  /** What file-type must tell of the bytes; empty for text, which has no signature. */
  detected: readonly string[]
  /** The media type that it is sent with. */
  mediaType: string
  /** The name of an icon. */
  icon: string
  /** An image that we measure and make a thumbnail of; one that cannot be read is refused. */
  image: boolean
}

const file = (icon: string, mediaType: string, ...detected: string[]): FileKind => ({
  detected: detected.length > 0 ? detected : [mediaType],
  mediaType,
  icon,
  image: false,
})
const image = (mediaType: string, ...detected: string[]): FileKind => ({
  ...file('photo', mediaType, ...detected),
  image: true,
})
const text = (mediaType: string): FileKind => ({ detected: [], mediaType, icon: 'file-text', image: false })

// Nothing is unpacked: an office document that does not tell what it is passes as the archive that it also is.
const ZIP = 'application/zip'
const OLD_OFFICE = 'application/x-cfb'
const office = (icon: string, mediaType: string) => file(icon, mediaType, mediaType, ZIP)
const openXml = (icon: string, part: string) => office(icon, `application/vnd.openxmlformats-officedocument.${part}`)
const openDocument = (icon: string, part: string) => office(icon, `application/vnd.oasis.opendocument.${part}`)
const jpeg = image('image/jpeg')

const kinds: Record<string, FileKind> = {
  png: image('image/png', 'image/png', 'image/apng'),
  jpg: jpeg,
  jpeg,
  gif: image('image/gif'),
  webp: image('image/webp'),
  heic: file('photo', 'image/heic', 'image/heic', 'image/heif'),
  pdf: file('file-type-pdf', 'application/pdf'),
  docx: openXml('file-text', 'wordprocessingml.document'),
  xlsx: openXml('table', 'spreadsheetml.sheet'),
  pptx: openXml('presentation', 'presentationml.presentation'),
  doc: file('file-text', 'application/msword', OLD_OFFICE),
  xls: file('table', 'application/vnd.ms-excel', OLD_OFFICE),
  ppt: file('presentation', 'application/vnd.ms-powerpoint', OLD_OFFICE),
  odt: openDocument('file-text', 'text'),
  ods: openDocument('table', 'spreadsheet'),
  odp: openDocument('presentation', 'presentation'),
  txt: text('text/plain'),
  csv: text('text/csv'),
  log: text('text/plain'),
  zip: file('file-zip', ZIP),
  mp4: file('video', 'video/mp4', 'video/mp4', 'video/x-m4v'),
  mov: file('video', 'video/quicktime'),
  webm: file('video', 'video/webm'),
}

/** @param extension in lower case, without its dot */
export const kindOf = (extension: string): FileKind | undefined =>
  Object.hasOwn(kinds, extension) ? kinds[extension] : undefined

/** Every extension that can be allowed, by what people call the files. */
export const families: readonly { label: string; name: string; extensions: readonly string[] }[] = [
  { label: 'Imágenes', name: 'imágenes', extensions: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'heic'] },
  { label: 'PDF', name: 'PDF', extensions: ['pdf'] },
  {
    label: 'Documentos de oficina',
    name: 'documentos de oficina',
    extensions: ['docx', 'xlsx', 'pptx', 'doc', 'xls', 'ppt', 'odt', 'ods', 'odp'],
  },
  { label: 'Texto', name: 'texto', extensions: ['txt', 'csv', 'log'] },
  { label: 'Archivos comprimidos', name: 'ZIP', extensions: ['zip'] },
  { label: 'Video', name: 'video', extensions: ['mp4', 'mov', 'webm'] },
]

/** The names of the families of which at least one extension is among these. */
export const familiesOf = (extensions: readonly string[]): string[] =>
  families.filter(family => family.extensions.some(each => extensions.includes(each))).map(({ name }) => name)

/** An icon for a file that was accepted under this name. */
export const iconOf = (name: string): string => kindOf(extensionOf(name))?.icon ?? 'file'

/** "PNG" of "foto.PNG" as "png"; '' when there is none. */
export const extensionOf = (name: string): string => /[^.]\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

// These and nothing else are shown by a browser itself; the rest is only ever saved to disk.
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'])

/** Whether a browser may show a file of this media type instead of saving it. */
export const isShown = (mediaType: string): boolean => SHOWN.has(mediaType)

/** What is sent when the bytes are of several kinds at once: never shown, only saved. */
export const UNTRUSTED = 'application/octet-stream'
