import { createHash } from 'node:crypto'
import { openPicture } from '../attachments/images.ts'
import type { FileLimits } from '../web/uploads.ts'

/** The picture of the organisation, ready to be kept. */
export interface EncodedLogo {
  hash: string
  bytes: Uint8Array<ArrayBuffer>
  width: number
  height: number
}

/** The field of a form that takes one. */
export const LOGO_FIELD = 'logo'

/** What may be sent as one. */
export const LOGO_LIMITS: FileLimits = {
  maxBytes: 5 * 1024 * 1024,
  maxFiles: 1,
  extensions: ['png', 'jpg', 'jpeg', 'webp', 'gif'],
}

/** In pixels; several times what pages show, for dense screens. */
const BOX = { width: 704, height: 160 }

/** Makes a small WebP of a picture that was found to be one: nothing that a file may carry besides its pixels stays. */
export async function encodeLogo(path: string): Promise<EncodedLogo> {
  const picture = await openPicture(path)
  const { data, info } = await picture
    .rotate()
    .resize({ ...BOX, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 90, alphaQuality: 100 })
    .toBuffer({ resolveWithObject: true })
  const hash = createHash('sha256').update(data).digest('hex')
  return { hash, bytes: new Uint8Array(data), width: info.width, height: info.height }
}
