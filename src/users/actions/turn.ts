import type { Transaction } from '../../platform/db.ts'
import type { Viewer } from '../../web/access.ts'
import { Forbidden } from '../../web/errors.ts'
import { findViewerIn } from '../viewer.ts'

/**
 * Whoever changes accounts does so in turn: rare writes, each of which may touch several people and tickets.
 * @returns the viewer as he is once his turn has come: he may have lost his role while he waited
 * @throws Forbidden when he is no longer active
 */
export async function takeTurn(tx: Transaction, viewer: Viewer): Promise<Viewer> {
  // The trigger that keeps an Administrador takes the same lock.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('personas'))`
  const present = await findViewerIn(tx, viewer.id)
  if (!present) throw new Forbidden('Su cuenta ya no está activa.')
  return present
}
