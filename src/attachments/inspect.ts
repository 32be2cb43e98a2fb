import { formatNumber, formatSize } from '../web/format.ts'
import type { FileLimits, ReceivedFile } from '../web/uploads.ts'
import { charsetOf, isSeveralThings } from './contents.ts'
import { MOST_PIXELS, type Picture, readPicture } from './images.ts'
import { extensionOf, type FileKind, isShown, kindOf, UNTRUSTED } from './kinds.ts'
import { cleanName } from './names.ts'

/** A received file that may be kept, with what its bytes say it is. */
export interface AcceptedFile {
  name: string
  path: string
  size: number
  sha256: string
  mediaType: string
  /** Null for everything but an image that could be read. */
  picture: Picture | null
}

/** Why a file is refused, in a sentence with its name. */
export interface RefusedFile {
  reason: string
  tooLarge: boolean
}

export type Verdict = { accepted: AcceptedFile } | { refused: RefusedFile }

const no = (reason: string, tooLarge = false): Verdict => ({ refused: { reason, tooLarge } })

/** Decides by the bytes and the extension together; what the sender says of the type counts for nothing. */
export async function inspect(file: ReceivedFile, limits: FileLimits, locale: string): Promise<Verdict> {
  const name = cleanName(file.name)
  if (file.over === 'count') {
    const most = limits.maxFiles === 1 ? 'se acepta un archivo' : `se aceptan ${limits.maxFiles} archivos`
    return no(`«${name}» sobra: ${most} por envío.`)
  }
  if (file.over === 'size' || file.path === null) {
    return no(`«${name}» pesa demasiado: el máximo es ${formatSize(limits.maxBytes, locale)} por archivo.`, true)
  }
  if (name === '') return no('Un archivo no tiene un nombre que se pueda usar. Cámbielo y elíjalo de nuevo.')
  if (file.size === 0) return no(`«${name}» está vacío.`)
  const extension = extensionOf(name)
  const kind = limits.extensions.includes(extension) ? kindOf(extension) : undefined
  if (!kind) return no(`«${name}» no es de un tipo que se acepte aquí.`)
  return judge({ ...file, name, path: file.path }, kind, extension)
}

type NamedFile = Omit<AcceptedFile, 'mediaType' | 'picture'>

async function judge(file: NamedFile, kind: FileKind, extension: string): Promise<Verdict> {
  const { name, path, size, sha256 } = file
  const accepted = { name, path, size, sha256 }
  if (kind.detected.length === 0) {
    const charset = await charsetOf(path)
    if (!charset) return no(`«${name}» no contiene texto: su contenido es de otro tipo.`)
    return { accepted: { ...accepted, mediaType: `${kind.mediaType}; charset=${charset}`, picture: null } }
  }
  const { fileTypeFromFile } = await import('file-type')
  const detected = (await fileTypeFromFile(path))?.mime
  if (!detected || !kind.detected.includes(detected)) {
    return no(`El contenido de «${name}» no es el de un archivo .${extension}.`)
  }
  const picture = kind.image ? await readPicture(path) : null
  if (picture === 'too large') {
    return no(`La imagen «${name}» tiene más de ${formatNumber(MOST_PIXELS / 1e6)} millones de puntos.`)
  }
  if (picture === 'unreadable') return no(`La imagen «${name}» está dañada.`)
  const several = isShown(kind.mediaType) && (await isSeveralThings(path, size, kind.mediaType))
  return {
    accepted: { ...accepted, mediaType: several ? UNTRUSTED : kind.mediaType, picture: several ? null : picture },
  }
}
