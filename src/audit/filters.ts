import { z } from 'zod'
import { type FilterForm, filterForm } from '../web/filter-form.ts'
import { day, optionalText } from '../web/forms.ts'
import { type AuditKind, type AuditSubject, auditKinds, auditSubjects } from './kinds.ts'
import { paths } from './paths.ts'

/** What the list is narrowed to, as the address says it. */
export const filterFields = {
  tipo: z
    .string()
    .refine((code): code is AuditKind => Object.hasOwn(auditKinds, code))
    .optional()
    .catch(undefined),
  persona: optionalText(100).catch(''),
  objeto: z
    .string()
    .refine((code): code is AuditSubject => Object.hasOwn(auditSubjects, code))
    .optional()
    .catch(undefined),
  direccion: optionalText(100).catch(''),
  desde: day.optional().catch(undefined),
  hasta: day.optional().catch(undefined),
}

const schema = z.object(filterFields)
export type AuditFilters = z.infer<typeof schema>

/** The filters again as parameters of an address, or as hidden fields. */
export const filterParameters = ({ tipo, persona, objeto, direccion, desde, hasta }: AuditFilters) => ({
  tipo,
  persona,
  objeto,
  direccion,
  desde,
  hasta,
})

export function auditFilterForm(filters: AuditFilters, locale: string): FilterForm {
  const { tipo, persona, objeto, direccion, desde, hasta } = filters
  return filterForm(
    paths.audit,
    {},
    {
      search: { name: 'persona', label: 'Persona', value: persona },
      texts: [{ name: 'direccion', label: 'Dirección', value: direccion }],
      selects: [
        { name: 'tipo', label: 'Qué', value: tipo ?? '', all: 'Todo', options: kindOptions },
        {
          name: 'objeto',
          label: 'Sobre',
          value: objeto ?? '',
          all: 'Todo',
          options: Object.entries(auditSubjects).map(([value, label]) => ({ value, label })),
        },
      ],
      days: {
        locale,
        fields: [
          { name: 'desde', label: 'Desde', value: desde ?? '' },
          { name: 'hasta', label: 'Hasta', value: hasta ?? '' },
        ],
      },
    },
  )
}

const kindOptions = Object.entries(auditKinds)
  .map(([value, label]) => ({ value, label }))
  .sort((one, other) => one.label.localeCompare(other.label, 'es'))
