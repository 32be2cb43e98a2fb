import { Conflict, InvalidForm } from '../../web/errors.ts'
import type { FieldError } from '../../web/forms.ts'
import { sqlStateOf } from '../../web/sql-state.ts'

/** A form that was sent and is shown again, as it was typed. */
export interface Refused {
  typed: Record<string, string>
  ticked: Record<string, string[]>
  errors?: FieldError[]
  conflict?: Conflict
}

/** What a refused write says in its form. @throws the error itself when it cannot be said there */
export function refusalOf(error: unknown): Pick<Refused, 'errors' | 'conflict'> {
  if (error instanceof InvalidForm) return { errors: [{ field: error.field, message: error.message }] }
  if (error instanceof Conflict) return { conflict: error }
  const guard = GUARDS[sqlStateOf(error) ?? '']
  if (!guard) throw error
  return guard()
}

/** What only the database knows, for it happened at the same moment or concerns everybody. */
const GUARDS: Record<string, () => Pick<Refused, 'errors' | 'conflict'>> = {
  TS004: () => ({ conflict: new Conflict('Le asignaron otro ticket mientras usted elegía.') }),
  TS010: () => ({
    errors: [
      {
        field: '',
        message: 'Es la última cuenta de Administrador activa. Dé antes ese rol a otra persona.',
      },
    ],
  }),
  23503: () => ({ conflict: new Conflict('Algo de lo que eligió acaba de eliminarse.') }),
  23505: () => ({ errors: [{ field: 'correo', message: 'Otra persona acaba de registrarse con este correo.' }] }),
}
