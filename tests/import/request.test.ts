import { describe, expect, it } from 'vitest'
import { dateReader } from '../../src/import/dates.ts'
import { parseMapping } from '../../src/import/mapping.ts'
import { RowRefused } from '../../src/import/refused.ts'
import { requestReader } from '../../src/import/request.ts'
import { excerpt, firstSentence } from '../../src/import/subject.ts'
import { importTime, mappingOfCases } from './cases.ts'

describe('a date', () => {
  const read = (text: string, formats = ['iso'], zone = 'UTC') => dateReader(formats, zone)(text)?.toISOString() ?? null

  it.each([
    ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05.000Z'],
    ['2024-01-02 03:04', '2024-01-02T03:04:00.000Z'],
    ['2024-01-02', '2024-01-02T00:00:00.000Z'],
    [' 2024-01-02T03:04:05.1234567Z ', '2024-01-02T03:04:05.123Z'],
    ['2024-01-02T03:04:05,5Z', '2024-01-02T03:04:05.500Z'],
    ['2024-01-02T03:04:05+02:00', '2024-01-02T01:04:05.000Z'],
    ['2024-01-02T03:04:05-0530', '2024-01-02T08:34:05.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2023-02-29', null],
    ['2024-13-01', null],
    ['2024-01-02T24:00', null],
    ['2024-01-02T10:60', null],
    ['0001-01-01', null],
    ['02/01/2024', null],
    ['', null],
  ])('in ISO: %j is %s', (text, instant) => {
    expect(read(text)).toBe(instant)
  })

  it.each([
    ['dd/MM/yyyy HH:mm', '2/1/2024 9:05', '2024-01-02T09:05:00.000Z'],
    ['M/d/yyyy', '8/14/2014', '2014-08-14T00:00:00.000Z'],
    ['M/d/yyyy', '14/8/2014', null],
    ['dd.MM.yyyy', '02x01x2024', null],
    ['dd/MM/yyyy', '31/04/2024', null],
    ['dd/MM/yyyy', '02/01/2024 10:00', null],
    ['yyyyMMdd HHmmss', '20240102 030405', '2024-01-02T03:04:05.000Z'],
  ])('by the pattern %s: %j is %s', (format, text, instant) => {
    expect(read(text, [format])).toBe(instant)
  })

  it('takes the first format that fits', () => {
    const formats = ['dd/MM/yyyy HH:mm', 'dd/MM/yyyy', 'iso']
    expect(read('03/04/2024', formats)).toBe('2024-04-03T00:00:00.000Z')
    expect(read('2024-04-03', formats)).toBe('2024-04-03T00:00:00.000Z')
  })

  it.each([
    ['2024-01-15 12:00', 'Europe/Madrid', '2024-01-15T11:00:00.000Z'],
    ['2024-07-15 12:00', 'Europe/Madrid', '2024-07-15T10:00:00.000Z'],
    ['2024-07-15 12:00Z', 'Europe/Madrid', '2024-07-15T12:00:00.000Z'],
    ['2024-03-31 01:59', 'Europe/Madrid', '2024-03-31T00:59:00.000Z'],
    ['2024-03-31 03:00', 'Europe/Madrid', '2024-03-31T01:00:00.000Z'],
    ['2024-03-31 02:30', 'Europe/Madrid', '2024-03-31T01:30:00.000Z'],
    ['2024-10-27 02:30', 'Europe/Madrid', '2024-10-27T00:30:00.000Z'],
    ['2024-10-27 03:00', 'Europe/Madrid', '2024-10-27T02:00:00.000Z'],
    ['2024-01-15 00:30', 'America/Bogota', '2024-01-15T05:30:00.000Z'],
  ])('without offset: %s in %s is %s', (text, zone, instant) => {
    expect(read(text, ['iso'], zone)).toBe(instant)
  })
})

describe('a subject', () => {
  it('is cut between words at 150 characters and marked', () => {
    expect(excerpt('  uno\n dos ')).toBe('uno dos')
    expect(excerpt('a'.repeat(150))).toHaveLength(150)
    const cut = excerpt(`${'palabra '.repeat(18)}última palabra`)
    expect(cut).toBe(`${'palabra '.repeat(18).trim()}…`)
    expect(excerpt('x'.repeat(200))).toBe(`${'x'.repeat(149)}…`)
  })

  it('never cuts a character in two', () => {
    expect(excerpt(`x${'😀'.repeat(100)}`)).not.toMatch(/\p{Surrogate}/u)
    expect(excerpt('😀'.repeat(100))).not.toMatch(/\p{Surrogate}/u)
  })

  it.each([
    ['No funciona. Ayuda por favor', 'No funciona'],
    ['¿Pueden venir? Gracias', '¿Pueden venir?'],
    ['La versión 2.5 falla hoy', 'La versión 2.5 falla hoy'],
    ['Primera línea\nsegunda', 'Primera línea'],
  ])('may be the first sentence of %j', (text, sentence) => {
    expect(firstSentence(text)).toBe(sentence)
  })
})

describe('a row', () => {
  const header = ['id', 'fecha', 'persona', 'tema', 'estado', 'asunto', 'texto', 'cierre']
  const plain = {
    id: '7',
    fecha: '2026-01-05',
    persona: 'P1',
    tema: 'Red',
    estado: 'nuevo',
    asunto: 'A',
    texto: 'T',
    cierre: '',
  }

  function read(changedFields: Partial<typeof plain> = {}, changedMapping: object = {}) {
    const fields = Object.values({ ...plain, ...changedFields })
    const mapping = parseMapping({ ...mappingOfCases, ...changedMapping }, 'mapa.json')
    return requestReader(mapping, header, importTime)({ line: 2, fields, damage: null })
  }

  function reason(changedFields: Partial<typeof plain>, changedMapping: object = {}): string {
    try {
      read(changedFields, changedMapping)
    } catch (error) {
      if (error instanceof RowRefused) return error.message
      throw error
    }
    throw new Error('the row was accepted')
  }

  it('becomes a request', () => {
    expect(read()).toMatchObject({
      reference: '7',
      createdAt: new Date('2026-01-05T00:00:00Z'),
      closedAt: null,
      requesterReference: 'P1',
      requesterName: 'Solicitante P1',
      area: 'Sistemas',
      category: 'Red',
      kind: 'PROBLEMA',
      priority: 'MEDIA',
      status: 'REGISTRADO',
      ownerGroup: null,
    })
  })

  it.each<[string, Partial<typeof plain>, object, string]>([
    ['no reference', { id: ' ' }, {}, 'falta la referencia'],
    ['a long reference', { id: 'x'.repeat(151) }, {}, 'la referencia tiene más de 150 caracteres'],
    ['no date', { fecha: '' }, {}, 'falta la fecha de creación'],
    [
      'an impossible date',
      { fecha: '2026-02-30' },
      {},
      'la fecha «2026-02-30» no existe o no tiene el formato del mapa',
    ],
    ['a date to come', { fecha: '2026-03-02' }, {}, 'la fecha de creación está en el futuro'],
    ['no subject', { asunto: ' \n ' }, {}, 'falta el asunto'],
    ['no description', { texto: '\n\t' }, {}, 'falta la descripción'],
    ['a long description', { texto: 'x'.repeat(20_001) }, {}, 'la descripción tiene más de 20 000 caracteres'],
    ['a null character', { texto: 'a\0b' }, {}, 'contiene un carácter nulo'],
    ['no requester', { persona: '' }, { requester: { reference: '{persona}' } }, 'falta el solicitante'],
    ['an unlisted state', { estado: 'raro' }, {}, 'el valor «raro» de la columna «estado» no está en «status.values»'],
    ['an empty state', { estado: '' }, {}, 'la columna «estado» está vacía y «status» no tiene "default"'],
    ['an empty category', { tema: '' }, {}, 'la columna «tema» está vacía y «category» no tiene "default"'],
    ['a long category', { tema: 'x'.repeat(101) }, {}, 'el nombre de «category» tiene más de 100 caracteres'],
    ['no owner', { estado: 'asignado' }, { ownerGroups: {} }, 'el área «Sistemas» no tiene grupo en «ownerGroups»'],
    [
      'closed before it began',
      { estado: 'cerrado', cierre: '2026-01-04' },
      { closedAt: '{cierre}' },
      'la fecha de cierre es anterior a la de creación',
    ],
    [
      'closed in the future',
      { estado: 'cerrado', cierre: '2026-04-04' },
      { closedAt: '{cierre}' },
      'la fecha de cierre está en el futuro',
    ],
  ])('is refused with %s', (_, fields, mapping, sentence) => {
    expect(reason(fields, mapping)).toBe(sentence)
  })

  it('counts characters as the database does', () => {
    expect(read({ texto: '😀'.repeat(20_000) }).description).toHaveLength(40_000)
  })

  it('is closed when the file says so, else when it was created', () => {
    const closing = { closedAt: '{cierre}' }
    expect(read({ estado: 'cerrado', cierre: '2026-01-09' }, closing).closedAt).toEqual(
      new Date('2026-01-09T00:00:00Z'),
    )
    expect(read({ estado: 'anulado' }, closing).closedAt).toEqual(new Date('2026-01-05T00:00:00Z'))
    expect(read({ estado: 'nuevo', cierre: '2026-01-09' }, closing).closedAt).toBeNull()
  })

  it('finds its values without regard to case, accents and spacing', () => {
    const area = { column: 'tema', values: { 'Árbol  caído': 'Parques' }, default: 'Otros' }
    expect(read({ tema: ' arbol CAIDO' }, { area }).area).toBe('Parques')
    expect(read({ tema: 'farola' }, { area }).area).toBe('Otros')
    expect(read({ tema: 'farola' }, { area: { ...area, keepUnlisted: true } }).area).toBe('farola')
    const noCategory = { category: { default: 'Otra' } }
    expect(read({ tema: '' }, { ...noCategory, area: { ...area, keepUnlisted: true } }).area).toBe('Otros')
  })

  it('has an owner where the state needs one, by area', () => {
    const mapping = { ownerGroups: { byArea: { SISTEMAS: 'Redes' }, default: 'Recepción' } }
    const owner = (estado: string) => read({ estado }, mapping).ownerGroup
    expect(['nuevo', 'asignado', 'cerrado', 'anulado'].map(owner)).toEqual([null, 'Redes', 'Redes', null])
    expect(read({ estado: 'asignado' }, { ...mapping, area: { default: 'Obras' } }).ownerGroup).toBe('Recepción')
  })

  it('takes the anonymous requester only when it names none', () => {
    expect(read({ persona: '' })).toMatchObject({
      requesterReference: '',
      requesterName: 'Solicitante no identificado',
    })
    const named = { requester: { reference: '{persona}', name: '{asunto}' } }
    expect(read({ asunto: 'Ana  Ruiz' }, named).requesterName).toBe('Ana Ruiz')
  })

  it('needs the columns that the mapping names, once each', () => {
    const mapping = parseMapping(mappingOfCases, 'mapa.json')
    expect(() => requestReader(mapping, ['id', 'fecha'], importTime)).toThrow(
      'El mapa nombra la columna «asunto», que no está en el archivo; sus columnas son «id», «fecha».',
    )
    expect(() => requestReader(mapping, [...header, 'tema'], importTime)).toThrow('La columna «tema» está dos veces')
  })
})
