import type { Term } from '../platform/agreement.ts'

// Several processes and machines may share a database if they share what is not in it.

/** The secret signs sessions and seals mails. */
export const sameSecret = (secret: string): Term => ({
  key: 1_684_369_266,
  value: secret,
  complaint:
    'Otro proceso usa esta base de datos con otro SESSION_SECRET, y las sesiones y los correos de uno no valdrían en el ' +
    'otro; indique en todos el mismo. Para cambiarlo, detenga antes todos los procesos.',
})

/** @param place of the attachments, under a name that is the same for everybody who uses it */
export const samePlace = (place: string): Term => ({
  key: 1_684_369_267,
  value: place,
  complaint:
    'Otro proceso usa esta base de datos y guarda los adjuntos en otro lugar; indique en todos el mismo depósito ' +
    '(STORAGE=s3) o la misma carpeta, en un disco compartido (UPLOADS_DIR).',
})
