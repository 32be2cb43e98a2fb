import type { z } from 'zod'
import type { Refusal } from '../../web/saving.ts'
import type { PersonInput } from '../actions/context.ts'
import type { newPersonForm } from '../forms.ts'

/** The fields of a person as a form shows them. */
export interface PersonValues {
  nombre: string
  correo: string
  rol: string
  organizacion: string
  areas: string[]
}

/** As they were typed. */
export const typedValues = ({ typed, ticked }: Pick<Refusal, 'typed' | 'ticked'>): PersonValues => ({
  nombre: typed.nombre ?? '',
  correo: typed.correo ?? '',
  rol: typed.rol ?? '',
  organizacion: typed.organizacion ?? '',
  areas: ticked.areas ?? [],
})

/** What the forms of a new and of a known person have in common, in the words of the actions. */
export const inputOf = (value: z.infer<(typeof newPersonForm)['schema']>): PersonInput => ({
  name: value.nombre,
  email: value.correo,
  type: value.rol,
  organizationId: value.organizacion,
  areaIds: value.areas,
})
