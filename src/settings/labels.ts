import { formatSize } from '../web/format.ts'
import type { Adjustable } from './sections.ts'

/** How dates and numbers can be written, by BCP 47 tag. */
export const localeLabels = {
  es: 'Español internacional',
  'es-AR': 'Argentina',
  'es-BO': 'Bolivia',
  'es-CL': 'Chile',
  'es-CO': 'Colombia',
  'es-CR': 'Costa Rica',
  'es-CU': 'Cuba',
  'es-EC': 'Ecuador',
  'es-SV': 'El Salvador',
  'es-ES': 'España',
  'es-US': 'Estados Unidos',
  'es-GT': 'Guatemala',
  'es-GQ': 'Guinea Ecuatorial',
  'es-HN': 'Honduras',
  'es-MX': 'México',
  'es-NI': 'Nicaragua',
  'es-PA': 'Panamá',
  'es-PY': 'Paraguay',
  'es-PE': 'Perú',
  'es-PR': 'Puerto Rico',
  'es-DO': 'República Dominicana',
  'es-UY': 'Uruguay',
  'es-VE': 'Venezuela',
} as const satisfies Record<string, string>

export type Locale = keyof typeof localeLabels

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
  if (field === 'locale') return localeLabels[value as Locale] ?? String(value)
  if (typeof value === 'boolean') return value ? 'sí' : 'no'
  if (Array.isArray(value)) return value.join(', ')
  return value === '' ? 'vacío' : `«${value}»`
}
