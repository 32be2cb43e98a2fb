import type { Sharp } from 'sharp'

/** The measures of an image as it is shown, and a small WebP of it without what cameras write about the place. */
export interface Picture {
  width: number
  height: number
  thumbnail: Buffer
}

/** An image that claims more is refused before a byte of it is unpacked. */
export const MOST_PIXELS = 50_000_000

/** The box that a thumbnail fits into, in pixels; three times what the page shows, for dense screens. */
const DENSITY = 3
const BOX = { width: 160 * DENSITY, height: 120 * DENSITY }

/** Reads a whole image, which a damaged one or something else under its signature does not survive. */
export async function readPicture(path: string): Promise<Picture | 'too large' | 'unreadable'> {
  try {
    const { width, height, orientation = 1 } = await (await openPicture(path)).metadata()
    const turned = orientation >= 5
    const picture = await openPicture(path)
    const thumbnail = await picture
      .rotate()
      .resize({ ...BOX, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 75 })
      .toBuffer()
    return { width: turned ? height : width, height: turned ? width : height, thumbnail }
  } catch (error) {
    return error instanceof Error && /pixel limit/.test(error.message) ? 'too large' : 'unreadable'
  }
}

/** The size of a thumbnail on the page, in CSS pixels. */
export function thumbnailSize({ width, height }: { width: number; height: number }) {
  const scale = Math.min(1, BOX.width / DENSITY / width, BOX.height / DENSITY / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** The library comes with the first picture: it takes 15 MB. */
export async function openPicture(path: string): Promise<Sharp> {
  const { default: sharp } = await import('sharp')
  // One image after the other and nothing kept: a small machine has other work, too.
  sharp.concurrency(1)
  sharp.cache(false)
  return sharp(path, { limitInputPixels: MOST_PIXELS, failOn: 'truncated' })
}
