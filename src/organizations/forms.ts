import { defineForm, line } from '../web/forms.ts'

export const limits = { name: 120 }

export const organizationForm = defineForm(
  { nombre: line({ max: limits.name, required: 'Escriba el nombre de la organización.' }) },
  { nombre: 'Nombre' },
)

export const deletionForm = defineForm({})
