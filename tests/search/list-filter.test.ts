import { beforeAll, expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'

// The lists, narrowed to what has some words.

const { as, viewer, db, clock, cast } = await useApplication()
const context = { db, clock }
const numbers: Record<string, number> = {}

async function register(name: string, person: Person, subject: string) {
  const where = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  numbers[name] = await createTicket(context, await viewer(person), { ...where, subject, description: 'Texto' })
  return numbers[name]
}

beforeAll(async () => {
  const ana = await viewer('ana')
  const assigned = await register('asignado', 'clara', 'Impresoras atascadas')
  await assignTicket(context, ana, assigned, {
    version: 1,
    owner: { assigneeId: cast.ids.luis, assigneeGroupId: null },
    note: '',
  })
  await addEntry(context, ana, assigned, { text: 'Falta el fusor', visibility: 'INTERNA' })
  await register('registrado', 'clara', 'La impresora no imprime')
  await register('otro', 'clara', 'El monitor parpadea')
  await register('ajeno', 'carlos', 'Otra impresora')
})

it.each<[Person, string, string[]]>([
  ['ana', '/tickets?buscar=impresora', ['registrado', 'ajeno']],
  ['ana', '/tickets?estado=asignados&buscar=impresora', ['asignado']],
  ['ana', '/tickets?estado=asignados&buscar=fusor', ['asignado']],
  ['ana', '/tickets?buscar=impresora%20-imprime', ['ajeno']],
  ['ana', '/tickets?buscar=de%20la', ['registrado', 'otro', 'ajeno']],
  ['luis', '/asignados?buscar=fusor', ['asignado']],
  ['luis', '/asignados?buscar=monitor', []],
  ['clara', '/mis-tickets?buscar=impresora', ['asignado', 'registrado']],
  ['clara', '/mis-tickets?buscar=fusor', []],
  ['clara', '/mis-tickets?buscar=impresora%20-fusor', ['asignado', 'registrado']],
])('%s at %s', async (person, path, expected) => {
  const { status, body } = await (await as(person)).get(path)
  expect(status).toBe(200)
  const found = [...body.matchAll(/class="ticket-number">#(\d+)</g)].map(([, number]) => Number(number))
  expect(found.sort()).toEqual(expected.map(name => numbers[name]).sort())
})

it('tells that other orders than that of time have the newest alone', async () => {
  const ana = await as('ana')
  expect((await ana.get('/tickets?buscar=impresora&orden=prioridad')).body).toMatch(
    /los 1.?000 más recientes que coinciden/,
  )
  for (const path of ['/tickets?buscar=impresora&orden=antiguos', '/tickets?orden=prioridad'])
    expect((await ana.get(path)).body).not.toContain('más recientes que coinciden')
})

it('tells what the list is narrowed to, in the counts too', async () => {
  const ana = await as('ana')
  const { body } = await ana.get('/tickets?buscar=impresora')
  expect(body).toContain('Buscar: impresora')
  expect(body.replaceAll(/\s+/g, ' ')).toMatch(/Registrados <span[^>]*>2</)
})
