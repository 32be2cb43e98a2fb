import { Conflict, InvalidForm } from '../../web/errors.ts'
import { sqlStateOf } from '../../web/sql-state.ts'

/** Says in the words of a form what only the database knows, for it happened at the same moment or concerns everybody. */
export async function guarded<T>(write: Promise<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    throw GUARDS[sqlStateOf(error) ?? '']?.() ?? error
  }
}

const GUARDS: Record<string, () => Error> = {
  TS004: () => new Conflict('Le asignaron otro ticket mientras usted elegía. No se guardó nada de este envío.'),
  TS010: () => new InvalidForm('', 'Es la última cuenta de Administrador activa. Dé antes ese rol a otra persona.'),
  23503: () => new Conflict('Algo de lo que eligió acaba de eliminarse. No se guardó nada de este envío.'),
  23505: () => new InvalidForm('correo', 'Otra persona acaba de registrarse con este correo.'),
}
