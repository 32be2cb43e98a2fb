import type { TestApplication } from '../support/application.ts'
import { accountRows } from './account.ts'
import { areaRows } from './areas.ts'
import { categoryRows } from './categories.ts'
import { doorRows } from './doors.ts'
import { groupRows } from './groups.ts'
import { mailRows } from './mail.ts'
import { permissionRows } from './permissions.ts'
import type { Row } from './row.ts'
import { searchRows } from './search.ts'
import { settingsRows } from './settings.ts'
import { surveyResultRows } from './survey-results.ts'
import { surveyRows } from './surveys.ts'
import { ticketRows } from './tickets.ts'
import { userRows } from './users.ts'

/** Every route of the application by method and path, with one answer per person. */
export const matrixOf = (application: TestApplication): Record<string, Row> => ({
  ...doorRows(application),
  ...accountRows(application),
  ...mailRows(application),
  ...searchRows(application),
  ...ticketRows(application),
  ...areaRows(application),
  ...categoryRows(application),
  ...groupRows(application),
  ...userRows(application),
  ...searchRows(application),
  ...settingsRows(application),
  ...permissionRows(application),
  ...surveyRows(application),
  ...surveyResultRows(application),
})

/** The address and the form of one cell. @param route method and path, as the matrix has it */
export async function prepare(route: string, { form, given }: Row) {
  const [method, path = ''] = route.split(' ')
  const made = (await given?.()) ?? { parameters: {} }
  const url = Object.entries(made.parameters).reduce((at, [name, value]) => at.replace(`:${name}`, String(value)), path)
  return { method, url, form: { ...form, ...made.form } }
}
