import { fold, formsOf } from './words.ts'

// Words that people of a help desk, and of different countries, use for one thing. One word each: what consists of several
// could not stand inside a phrase.
const GROUPS = [
  'contraseña clave password',
  'encender encendido enciende encienden prender prendido prende prenden',
  'apagar apagado apaga fundido fundida',
  'computadora computador ordenador pc equipo',
  'portátil laptop notebook',
  'celular móvil smartphone',
  'correo email mail',
  'impresora multifuncional',
  'pantalla monitor',
  'ratón mouse',
  'internet wifi red',
  'farola luminaria farol',
  'archivo fichero documento',
  'carpeta directorio',
  'auricular audífono',
  'avería falla fallo descompostura desperfecto',
  'reparar arreglar componer',
  'bloqueado trabado congelado',
  'autobús bus',
  'basura residuo desecho',
  'bache socavón hoyo agujero',
  'ascensor elevador',
  'acera banqueta vereda',
  'coche auto carro vehículo',
  'lento lentitud despacio',
  'actualizar actualización upgrade',
  'factura recibo comprobante',
  'grifo canilla',
  'gotera filtración fuga',
]

/** A word without what makes it a plural. */
const singular = (word: string) => word.replace(/(?<=[^aeiou])es$|s$/, '')

const byWord = new Map<string, string[]>()
for (const group of GROUPS.map(words => fold(words).split(' '))) {
  for (const word of group) byWord.set(singular(word), [...(byWord.get(singular(word)) ?? []), ...group])
}

/** @param word folded @returns everything that stands for it: its forms and its synonyms, itself first */
export const meaningsOf = (word: string): string[] => [
  ...new Set([...formsOf(word), ...(byWord.get(singular(word)) ?? [])]),
]
