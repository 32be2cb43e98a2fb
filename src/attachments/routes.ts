import { z } from 'zod'
import type { Database } from '../platform/db.ts'
import type { FileStorage } from '../platform/files.ts'
import { anyoneSignedIn } from '../web/access.ts'
import { NotFound } from '../web/errors.ts'
import { id } from '../web/forms.ts'
import { type Call, Routes } from '../web/route.ts'
import { getAttachment } from './queries.ts'
import { sendFile } from './sending.ts'
import { storedName } from './stored.ts'

export interface AttachmentDependencies {
  db: Pick<Database, 'pool'>
  files: FileStorage
}

const params = z.object({ id: id() })
type AttachmentCall = Call<z.infer<typeof params>>

/** Whose ticket it is decides who sees an attachment, so anyone signed in may ask: what he does not see is 404. */
export function attachmentRoutes(deps: AttachmentDependencies): Routes {
  return new Routes()
    .get('/adjuntos/:id/miniatura', anyoneSignedIn, { params }, call => sendThumbnail(deps, call))
    .get('/adjuntos/:id/:name', anyoneSignedIn, { params }, call => sendAttachment(deps, call))
}

async function sendAttachment({ db, files }: AttachmentDependencies, { viewer, params, req, res }: AttachmentCall) {
  const { fileId, sha256, name, mediaType, size } = await getAttachment(db, viewer, params.id)
  await sendFile(files, req, res, { stored: storedName({ id: fileId, sha256 }), sha256, name, mediaType, size })
}

async function sendThumbnail({ db, files }: AttachmentDependencies, { viewer, params, req, res }: AttachmentCall) {
  const { thumbnailId, thumbnailSha256: sha256 } = await getAttachment(db, viewer, params.id)
  if (thumbnailId === null || sha256 === null) throw new NotFound()
  const stored = storedName({ id: thumbnailId, sha256 })
  const { size } = (await files.stat(stored)) ?? { size: 0 }
  await sendFile(files, req, res, { stored, sha256, name: 'miniatura.webp', mediaType: 'image/webp', size })
}
