import type { SurveyMode } from '../../generated/prisma/enums.ts'

export const modeLabels: Record<SurveyMode, string> = {
  NOMINAL: 'Nominal',
  CONFIDENCIAL: 'Confidencial',
  ANONIMA: 'Anónima',
}
