import { defineForm, line, optionalText } from '../web/forms.ts'

/** In characters, and how many categories of one kind. */
export const limits = { name: 80, categories: 50, text: 4000 }

export const areaForm = defineForm(
  {
    nombre: line({ max: limits.name, required: 'Escriba el nombre del área.' }),
    problemas: names(),
    requerimientos: names(),
  },
  { nombre: 'Nombre del área', problemas: 'Problemas', requerimientos: 'Requerimientos' },
)

/** A form of one button. */
export const dismissalForm = defineForm({})

/** One name on each line; empty lines and what is written twice are nobody's mistake. */
function names() {
  return optionalText(limits.text)
    .transform(text => {
      const lines = text.split('\n').map(name => name.trim().replace(/\s+/g, ' '))
      return [...new Map(lines.filter(name => name !== '').map(name => [plain(name), name])).values()]
    })
    .refine(found => found.length <= limits.categories, `Escriba como máximo ${limits.categories} nombres.`)
    .refine(
      found => found.every(name => [...name].length <= limits.name),
      `Escriba como máximo ${limits.name} caracteres en cada línea.`,
    )
}

/** What the database takes for the same name. */
const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
