import { beforeAll, describe, expect, it } from 'vitest'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { assignTicket } from '../../src/tickets/actions/assign.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { useApplication } from '../support/application.ts'
import { attachmentOf } from '../support/attachments.ts'
import type { Person } from '../support/cast.ts'

// Tickets that differ only in who may see them: what a person cannot see changes nothing of what a search answers him.

const application = await useApplication()
const { as, viewer, db, clock, cast } = application
const context = { db, clock }

/** Who sees which of the tickets below. */
const sees: Partial<Record<Person, string[]>> = {
  ana: ['asignado', 'delGrupo', 'registrado', 'atendido', 'otraArea', 'deElena'],
  sara: ['asignado', 'delGrupo', 'registrado', 'atendido', 'deElena'],
  marta: ['otraArea'],
  luis: ['asignado', 'delGrupo', 'atendido'],
  pedro: ['delGrupo', 'atendido'],
  mario: [],
  clara: ['asignado', 'delGrupo', 'registrado', 'atendido', 'otraArea'],
  carlos: [],
  elena: ['deElena'],
}
const people = Object.keys(sees) as Person[]
const numbers: Record<string, number> = {}

async function register(name: string, requester: Person, area: 'sistemas' | 'mantenimiento' = 'sistemas') {
  const categoryId = area === 'sistemas' ? cast.categories.red : cast.categories.techo
  numbers[name] = await createTicket(context, await viewer(requester), {
    areaId: cast.areas[area],
    categoryId,
    subject: `Ventilador ruidoso ${name}`,
    description: `El ventilador de la oficina hace ruido. Clave ${name}quinqué`,
  })
  return numbers[name]
}

const assign = async (
  number: number,
  version: number,
  owner: { assigneeId: number | null; assigneeGroupId: number | null },
) => assignTicket(context, await viewer('ana'), number, { version, owner, note: '' })

beforeAll(async () => {
  const { ids, groups } = cast
  await assign(await register('asignado', 'clara'), 1, { assigneeId: ids.luis, assigneeGroupId: null })
  await assign(await register('delGrupo', 'clara'), 1, { assigneeId: null, assigneeGroupId: groups.redes })
  await register('registrado', 'clara')
  const attended = await register('atendido', 'clara')
  await assign(attended, 1, { assigneeId: ids.pedro, assigneeGroupId: null })
  await addEntry(context, await viewer('pedro'), attended, { text: 'Lo veo', visibility: 'PUBLICA' })
  await assign(attended, 3, { assigneeId: ids.luis, assigneeGroupId: null })
  await register('otraArea', 'clara', 'mantenimiento')
  await register('deElena', 'elena')
  for (const name of Object.keys(numbers)) await annotate(name)
})

/** An internal note with words of its own, and a file in one. */
async function annotate(name: string) {
  const text = `Cambiar el rodamiento, sospecho del fusible ${name}`
  const number = numbers[name] ?? 0
  await addEntry(context, await viewer('ana'), number, { text, visibility: 'INTERNA' })
  await attachmentOf(application, 'ana', number, { visibility: 'INTERNA', name: 'cotizacion-reservada.png' })
}

const search = async (person: Person, text: string, page = '') => {
  const client = await as(person)
  return client.get(`/buscar?${new URLSearchParams({ texto: text })}${page}`)
}

const found = (body: string) =>
  [...body.matchAll(/class="ticket-link" href="\/(?:mis-)?tickets\/(\d+)"/g)].map(([, number]) => Number(number)).sort()

const visible = (person: Person) => (sees[person] ?? []).map(name => numbers[name] ?? 0).sort()

describe.each(people)('%s', person => {
  it('finds the tickets that he sees, and their number is theirs alone', async () => {
    const { status, body } = await search(person, 'ventiladores')
    expect(status).toBe(200)
    expect(found(body)).toEqual(visible(person))
    const count = visible(person).length
    if (count > 0) expect(body).toContain(`>${count} ticket${count === 1 ? '' : 's'}<`)
    else expect(body).toContain('Nada coincide')
  })

  it('is offered those while he types', async () => {
    const client = await as(person)
    const { body } = await client.get('/buscar/sugerencias?texto=ventila')
    const numbers = JSON.parse(body).options.map(({ label }: { label: string }) => Number(/#(\d+)/.exec(label)?.[1]))
    expect(numbers.sort()).toEqual(visible(person))
  })

  it('is led to a number that he sees, and told of no other', async () => {
    for (const number of Object.values(numbers)) {
      const { status, location, body } = await search(person, `#${number}`)
      if (visible(person).includes(number))
        expect([status, location]).toEqual([303, expect.stringMatching(`/${number}$`)])
      else expect([status, withoutNumber(body, number)]).toEqual([200, await missing(person)])
    }
  })

  it('is offered the words of texts that he reads, and no others', async () => {
    for (const name of Object.keys(numbers)) {
      const { body } = await search(person, `${name}qinque`)
      const allowed = sees[person]?.includes(name)
      expect([name, body.includes('Se muestran los de')]).toEqual([name, allowed])
      expect(body.toLowerCase().includes(`${name}quinqué`.toLowerCase())).toBe(allowed)
    }
  })

  it('finds and reads internal notes only where he works', async () => {
    const works = person === 'clara' || person === 'elena' ? [] : visible(person)
    for (const text of ['rodamientos', 'reservada', 'ventilador rodamiento']) {
      const { body } = await search(person, text)
      expect(found(body)).toEqual(works)
      if (works.length === 0 || text === 'rodamientos') expect(body.includes('sospecho')).toBe(works.length > 0)
    }
    // What is left out because of a note that he does not read would tell of the note.
    expect(found((await search(person, 'ventilador -rodamiento')).body)).toEqual(
      works.length > 0 ? [] : visible(person),
    )
    expect((await search(person, 'rodamiemto')).body.includes('Se muestran los de')).toBe(works.length > 0)
  })
})

/** The page of a number that no ticket has. */
const missing = async (person: Person) => withoutNumber((await search(person, '#99999999')).body, 99999999)

const withoutNumber = (body: string, number: number) => body.replaceAll(new RegExp(`(#|%23)${number}\\b`, 'g'), 'N')

it('shows the same order, whoever else has tickets', async () => {
  const before = await search('clara', 'ventilador')
  for (let turn = 0; turn < 30; turn++) await register(`ruido${turn}`, 'carlos', 'mantenimiento')
  expect((await search('clara', 'ventilador')).body).toBe(before.body)
})

it('passes over any number of words that only others may read', async () => {
  const near = [...'abcdefghijklmnopqrstuvwxyz'].map(letter => `zarigueya${letter}`)
  await createTicket(context, await viewer('carlos'), {
    areaId: cast.areas.mantenimiento,
    categoryId: cast.categories.techo,
    subject: 'Animales en el techo',
    description: near.join(' '),
  })
  await createTicket(context, await viewer('elena'), {
    areaId: cast.areas.sistemas,
    categoryId: cast.categories.red,
    subject: 'Zarigüeyas en el cableado',
    description: 'Muerden los cables',
  })
  expect((await search('elena', 'zarigueyaz')).body).toContain('>zarigüeyas<')
  expect((await search('clara', 'zarigueyaz')).body).toContain('Nada coincide')
})

it('corrects to no form of a word that only an internal note has', async () => {
  const number = await createTicket(context, await viewer('clara'), {
    areaId: cast.areas.sistemas,
    categoryId: cast.categories.red,
    subject: 'Estante atornillado',
    description: 'Se movió.',
  })
  await addEntry(context, await viewer('ana'), number, { text: 'Patas atornilladas', visibility: 'INTERNA' })
  expect((await search('ana', 'atornilladaz')).body).toContain('texto=atornilladas')
  expect((await search('clara', 'atornilladaz')).body).toContain('texto=atornillado')
})

it('shows no internal note beside a public entry with the same word', async () => {
  const number = numbers.deElena ?? 0
  await addEntry(context, await viewer('ana'), number, { text: 'Se pidió un condensador', visibility: 'PUBLICA' })
  await addEntry(context, await viewer('ana'), number, { text: 'Condensador hurtado', visibility: 'INTERNA' })
  expect((await search('ana', 'condensador')).body).toContain('hurtado')
  const { body } = await search('elena', 'condensador')
  expect(body).toContain('Se pidió un <mark>condensador</mark>')
  expect(body).not.toContain('hurtado')
})
