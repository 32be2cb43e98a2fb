import { z } from 'zod'
import { defineForm, id, ids, line, version } from '../web/forms.ts'

export const limits = { name: 80 }

const nombre = line({ max: limits.name, required: 'Escriba el nombre del grupo.' })
const labels = { nombre: 'Nombre' }

export const newGroupForm = defineForm({ area: id('Elija el área de la lista.'), nombre, personas: ids }, labels)
export const groupForm = defineForm({ version, nombre, personas: ids }, labels)

const ID_LIST = /^(\d{1,10}(,\d{1,10})*)?$/

export const archivingForm = defineForm({
  version,
  // The categories of which the page said that they lose the group.
  categorias: z
    .string()
    .regex(ID_LIST)
    .default('')
    .transform(value => (value === '' ? [] : value.split(',').map(Number))),
})
export const restorationForm = defineForm({ version })
