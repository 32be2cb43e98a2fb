/** The import cannot start or go on; the message is the one Spanish sentence that the person reads. */
export class ImportRefused extends Error {}

/** One row cannot be loaded; the message is the Spanish reason that goes into the rejects file. */
export class RowRefused extends Error {}
