import { z } from 'zod'
import type { FieldError } from '../web/forms.ts'

/** Shortest and longest password that somebody may choose, in characters. */
const SHORTEST = 12
const LONGEST = 1000

// Taken as it was typed, never trimmed, never cut.
const chosenPassword = z
  .string('Escriba una contraseña.')
  .refine(value => [...value].length >= SHORTEST, { message: `Escriba al menos ${SHORTEST} caracteres.` })
  .refine(value => [...value].length <= LONGEST, { message: 'Escriba como máximo 1,000 caracteres.' })

/** The fields of views/partials/_new-password.ejs. */
export const newPasswordFields = {
  clave: chosenPassword,
  repeticion: z.string('Escriba otra vez la contraseña.').min(1, 'Escriba otra vez la contraseña.'),
}

/** @param about as for {@link isEasilyGuessed} */
export async function problemsOfPassword(
  { clave, repeticion }: { clave: string; repeticion: string },
  about: readonly string[],
): Promise<FieldError[]> {
  if (clave !== repeticion) return [{ field: 'repeticion', message: 'Las dos contraseñas no son iguales.' }]
  if (!(await isEasilyGuessed(clave, [...about, 'tickets', 'soporte']))) return []
  const advice = 'Use una frase o varias palabras que no tengan que ver con usted ni con su organización.'
  return [{ field: 'clave', message: `Esta contraseña es fácil de adivinar. ${advice}` }]
}

// On zxcvbn's scale of 0 to 4: at least 10^8 guesses.
const ENOUGH = 3
/** So many characters are looked at, at either end: the time grows with the square, and what starts strong is strong. */
const WINDOW = 40

/**
 * Whether a password would soon be guessed: common ones, words, names, dates, keyboard patterns, and whatever is made of
 * the person's own words.
 * @param about names, mail and organisation of whoever chooses it
 */
async function isEasilyGuessed(password: string, about: readonly string[]): Promise<boolean> {
  const estimator = await loadEstimator()
  const rest = withoutPersonalWords(password, about)
  return ![rest.slice(0, WINDOW), rest.slice(-WINDOW)].some(part => estimator.check(part).score >= ENOUGH)
}

let estimator: ReturnType<typeof createEstimator> | undefined

function loadEstimator() {
  estimator ??= createEstimator()
  return estimator
}

/** Loaded at the first use: the dictionaries take a good part of a second and 40 MB. */
async function createEstimator() {
  const [{ ZxcvbnFactory }, common, spanish] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-es-es'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...spanish.dictionary },
    graphs: common.adjacencyGraphs,
    maxLength: WINDOW,
    l33tMaxSubstitutions: 10,
  })
}

function withoutPersonalWords(password: string, about: readonly string[]): string {
  const words = about.flatMap(text => text.split(/[^\p{L}\p{N}]+/u)).filter(word => word.length >= 3)
  const spellings = words.flatMap(word => [word, word.normalize('NFD').replace(/\p{M}/gu, '')])
  if (spellings.length === 0) return password
  return password.replace(new RegExp(spellings.join('|'), 'giu'), '')
}
