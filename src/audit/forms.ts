import { defineForm } from '../web/forms.ts'
import { filterFields } from './filters.ts'

/** What the list was narrowed to when it was asked for as a file. */
export const downloadForm = defineForm(filterFields)
