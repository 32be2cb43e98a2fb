import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseMapping, readMapping } from '../../src/import/mapping.ts'
import { ImportRefused } from '../../src/import/refused.ts'
import { compileTemplate } from '../../src/import/template.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { mappingOfCases, useFolder } from './cases.ts'

const folder = useFolder()

function problem(changes: object): string {
  try {
    parseMapping({ ...mappingOfCases, ...changes }, 'mapa.json')
  } catch (error) {
    if (error instanceof ImportRefused) return error.message
    throw error
  }
  throw new Error('the mapping was accepted')
}

describe('a mapping', () => {
  it('fills in what is left out', () => {
    expect(parseMapping(mappingOfCases, 'mapa.json')).toMatchObject({
      encoding: 'utf-8',
      dates: { formats: ['iso'], timeZone: 'UTC' },
      priority: { default: 'MEDIA' },
    })
  })

  it.each<[string, object, string]>([
    ['a missing key', { reference: undefined }, 'reference: falta'],
    ['an unknown key', { referencia: '{id}' }, 'no se conoce la clave «referencia»'],
    [
      'a nested unknown key',
      { requester: { anonymousName: 'Nadie', mail: '{m}' } },
      'requester: no se conoce la clave «mail»',
    ],
    ['a wrong type', { origin: 7 }, 'origin: debe ser un texto'],
    ['an origin with a colon', { origin: 'a:b' }, 'origin: no puede contener dos puntos'],
    ['a template without column', { reference: 'id' }, 'reference: debe nombrar al menos una columna'],
    ['a subject that is neither', { subject: { column: 'asunto' } }, 'subject: debe ser una plantilla'],
    ['nobody to be the requester', { requester: {} }, 'requester: necesita "reference", "anonymousName" o ambos'],
    ['an area out of nowhere', { area: {} }, 'area: necesita "column" o "default"'],
    ['a code that does not exist', { kind: { default: 'QUEJA' } }, 'kind.default: debe ser PROBLEMA, REQUERIMIENTO'],
    [
      'a listed code that does not exist',
      { status: { column: 'estado', values: { x: 'ABIERTO' } } },
      'status.values.x: debe ser REGISTRADO',
    ],
    ['a code column without values', { kind: { column: 'tipo' } }, 'kind: "column" y "values" van juntos'],
    ['owners missing', { ownerGroups: undefined }, 'ownerGroups: falta, y un ticket ASIGNADO o EN_PROCESO necesita'],
    ['an unreadable date format', { dates: { formats: ['dd de MMMM'] } }, 'dates.formats.0: no es "iso" ni un patrón'],
    ['a date format without year', { dates: { formats: ['dd/MM'] } }, 'dates.formats.0: no es "iso" ni un patrón'],
    ['an unknown time zone', { dates: { timeZone: 'Europa/Madrid' } }, 'dates.timeZone: no es una zona horaria'],
    ['an unknown encoding', { encoding: 'latin1' }, 'encoding: debe ser utf-8, windows-1252'],
    ['an empty name', { origin: ' ' }, 'origin: no puede estar vacío'],
  ])('refuses %s', (_, changes, sentence) => {
    expect(problem(changes)).toContain(sentence)
  })

  it('names all problems in one sentence', () => {
    expect(problem({ origin: undefined, kind: {} })).toBe(
      'El mapa mapa.json no es válido: origin: falta; kind: necesita "column" o "default".',
    )
  })

  it('needs no owners where no ticket is open', () => {
    const mapping = { ...mappingOfCases, status: { default: 'FINALIZADO' }, ownerGroups: undefined }
    expect(parseMapping(mapping, 'mapa.json').ownerGroups).toBeUndefined()
  })

  it('tells the line of a slip in the JSON', async () => {
    const file = folder.write('roto.json', '{\n  "origin": "x",\n  "reference": }\n')
    await expect(readMapping(file)).rejects.toThrow('El mapa roto.json no es un archivo JSON válido')
    await expect(readMapping(folder.path('nada.json'))).rejects.toThrow(/No se puede leer el mapa .*nada\.json/)
  })

  it('comes with a valid example', async () => {
    const example = await readMapping(join(projectRoot, 'scripts', 'mapping-madrid-avisos.json'))
    const areas = new Set(Object.values(example.area.values ?? {}))
    expect(areas.size).toBe(8)
    expect(new Set(Object.keys(example.ownerGroups?.byArea ?? {}))).toEqual(areas)
  })
})

describe('a template', () => {
  const columns = ['servicio', 'calle', 'Importe [€]']
  const render = (template: string, fields: string[]) =>
    compileTemplate(template, name => columns.indexOf(name))(fields)

  it.each<[string, string[], string]>([
    ['{servicio}: {calle}', ['Farola', ' Mayor ', ''], 'Farola: Mayor'],
    ['{servicio}[: {calle}]', ['Farola', 'Mayor', ''], 'Farola: Mayor'],
    ['{servicio}[: {calle}]', ['Farola', ' ', ''], 'Farola'],
    ['[{servicio}][{calle}]', ['', 'Mayor', ''], 'Mayor'],
    ['Aviso[: {servicio} en {calle}]', ['Farola', '', ''], 'Aviso'],
    ['[Aviso] {servicio}', ['Farola', '', ''], '[Aviso] Farola'],
    ['{Importe [€]} €', ['', '', '7'], '7 €'],
    ['a { b [ {servicio}', ['Farola', '', ''], 'a { b [ Farola'],
  ])('%s with %j', (template, fields, text) => {
    expect(render(template, fields)).toBe(text)
  })
})
