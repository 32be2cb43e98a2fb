import { formatSize } from '../web/format.ts'
import type { Adjustable } from './sections.ts'

/** What pages, the audit and its exports call each setting. */
export const settingLabels: Record<keyof Adjustable, string> = {
  organizationName: 'Nombre de la organización',
  logoHash: 'Logotipo',
  logoAlt: 'Texto alternativo del logotipo',
  accent: 'Color',
  timeZone: 'Zona horaria',
  locale: 'Formato de fechas y números',
  welcomeText: 'Bienvenida',
  helpText: 'Ayuda para ingresar',
  signUp: 'Registro de clientes',
  reopenDays: 'Días para reabrir',
  surveyDays: 'Días para contestar una encuesta',
  attachmentMaxBytes: 'Tamaño máximo de un archivo',
  attachmentMaxFiles: 'Archivos por envío',
  attachmentExtensions: 'Tipos de archivo',
}

/** A value of a setting in the words of a person. */
export function spokenSetting<F extends keyof Adjustable>(field: F, value: Adjustable[F]): string {
  if (field === 'logoHash') return value === null ? 'sin logotipo' : 'otra imagen'
  if (field === 'timeZone' && value === null) return 'la del servidor'
  if (field === 'accent' && value === null) return 'el de la aplicación'
  if (field === 'attachmentMaxBytes') return formatSize(Number(value))
  if (typeof value === 'boolean') return value ? 'sí' : 'no'
  if (Array.isArray(value)) return value.join(', ')
  return value === '' ? 'vacío' : `«${value}»`
}
