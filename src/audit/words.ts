import {
  AccountLinkPurpose,
  Audience,
  CategoryKind,
  PermissionEffect,
  Priority,
  QuestionKind,
  Role,
  SurveyMode,
  UserKind,
} from '../generated/prisma/enums.ts'
import { catalog } from '../permissions/catalog.ts'
import { settingLabels, spokenSetting } from '../settings/labels.ts'
import type { Adjustable } from '../settings/sections.ts'
import { modeLabels, questionKindLabels } from '../surveys/labels.ts'
import { categoryKindLabels, priorityLabels } from '../tickets/labels.ts'
import { roleLabels } from '../users/labels.ts'
import { formatNumber } from '../web/format.ts'
import { auditKinds, auditSubjects } from './kinds.ts'
import type { IdField, Names } from './names.ts'

/** One field of an entry, in Spanish. */
export interface SpokenChange {
  field: string
  before: string
  after: string
}

export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>

/** Before and after in words; ids by the names that they have now. */
export function spokenChanges(changes: Changes | null, names: Names): SpokenChange[] {
  return Object.entries(changes ?? {}).map(([field, [before, after]]) => ({
    field: fieldName(field) ?? field,
    before: spoken(field, before, names),
    after: spoken(field, after, names),
  }))
}

/** The Spanish name of a field of the audit; null when it has none. */
export const fieldName = (field: string): string | null =>
  fields[field] ?? (Object.hasOwn(catalog, field) ? catalog[field as keyof typeof catalog].label : null)

export const spokenKind = (code: string): string => auditKinds[code as keyof typeof auditKinds] ?? code
export const spokenSubject = (code: string): string => auditSubjects[code as keyof typeof auditSubjects] ?? code

function spoken(field: string, value: unknown, names: Names): string {
  if (isSetting(field)) return spokenSetting(field, value as Adjustable[typeof field])
  if (Array.isArray(value)) return value.map(each => spoken(field, each, names)).join(', ') || NOTHING
  if (value === null || value === '') return Object.hasOwn(catalog, field) ? 'Según el rol' : NOTHING
  if (typeof value === 'boolean') return value ? 'Sí' : 'No'
  if (typeof value === 'number') return names.get(field as IdField)?.get(value) ?? formatNumber(value)
  if (typeof value === 'object') return JSON.stringify(value)
  return codes[String(value)] ?? String(value)
}

const isSetting = (field: string): field is keyof Adjustable => Object.hasOwn(settingLabels, field)

const NOTHING = '—'

/** What every slice writes down about what it changes. */
const fields: Record<string, string> = {
  ...settingLabels,
  active: 'Activa',
  area: 'Área',
  areaId: 'Área',
  areaIds: 'Áreas',
  areas: 'Áreas',
  audience: 'Visible para',
  changed: 'Cambiadas',
  created: 'Creadas',
  defaultGroup: 'Grupo',
  defaultGroupId: 'Grupo',
  defaultPriority: 'Prioridad',
  draft: 'Versión en borrador',
  email: 'Correo',
  filters: 'Filtros',
  firstSteps: 'Primeros pasos en el menú',
  groupIds: 'Grupos',
  groups: 'Grupos',
  handedOver: 'Tickets entregados a otras personas',
  introduction: 'Introducción',
  kind: 'Tipo',
  mainScore: 'Puntuación principal',
  memberIds: 'Personas',
  members: 'Personas',
  mode: 'Cómo se guardan las respuestas',
  name: 'Nombre',
  number: 'Versión',
  options: 'Opciones',
  organization: 'Organización',
  organizationId: 'Organización',
  position: 'Lugar',
  purpose: 'Motivo del enlace',
  reference: 'Referencia en el otro sistema',
  refused: 'Rechazadas',
  required: 'Obligatoria',
  role: 'Rol',
  scope: 'Se aplica a',
  text: 'Pregunta',
  thanks: 'Agradecimiento',
  title: 'Título',
  type: 'Tipo de cuenta',
}

const codes: Readonly<Record<string, string>> = {
  ...labelled(Role, roleLabels),
  ...labelled(Priority, priorityLabels),
  ...labelled(CategoryKind, categoryKindLabels),
  ...labelled(PermissionEffect, { CONCEDER: 'Concedido', DENEGAR: 'Denegado' }),
  ...labelled(UserKind, { CLIENTE: 'Cliente', EMPLEADO: 'Empleado' }),
  ...labelled(SurveyMode, modeLabels),
  ...labelled(QuestionKind, questionKindLabels),
  ...labelled(Audience, { TODOS: 'Todas las personas', EMPLEADOS: 'Solo empleados' }),
  ...labelled(AccountLinkPurpose, { INVITACION: 'Invitación', RESTABLECIMIENTO: 'Restablecimiento' }),
}

/** Does not compile when a code has no label. */
function labelled<C extends string>(values: Record<string, C>, labels: Record<C, string>): Record<string, string> {
  return Object.fromEntries(Object.values(values).map(code => [code, labels[code]]))
}
