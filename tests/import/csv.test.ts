import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvRow, type Delimiter, openCsv } from '../../src/import/csv.ts'
import { openSource } from '../../src/import/source.ts'
import { useFolder } from './cases.ts'

const folder = useFolder()

async function* inPieces(text: string | Buffer, size: number) {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(
  text: string | Buffer,
  { size = 65_536, delimiter }: { size?: number; delimiter?: Delimiter } = {},
) {
  const table = await openCsv(inPieces(text, size), delimiter)
  const rows: CsvRow[] = []
  for await (const row of table.rows) rows.push(row)
  return { ...table, rows }
}

/** Line, fields and damage of each row. */
async function rowsOf(text: string | Buffer, options?: { size?: number }) {
  return (await read(text, options)).rows.map(({ line, fields, damage }) => [line, fields, damage])
}

describe('CSV text', () => {
  it('finds out the delimiter from the header, whatever its quoted names hold', async () => {
    expect((await read('a;b\n1;"2,5"\n')).delimiter).toBe(';')
    expect((await read('a,b\n1,2\n')).delimiter).toBe(',')
    expect((await read('"a;b;c",d\n1,2\n')).header).toEqual(['a;b;c', 'd'])
    expect((await read('a,b;c\n1,2;3\n', { delimiter: ';' })).header).toEqual(['a,b', 'c'])
  })

  it('leaves out the byte order mark, blank lines and blanks around names', async () => {
    const { header, rows } = await read('\uFEFF" a ",b\r\n\r\n1,2\r\n,\r\n  \r\n3,4')
    expect(header).toEqual(['a', 'b'])
    expect(rows.map(row => [row.line, ...row.fields])).toEqual([
      [3, '1', '2'],
      [6, '3', '4'],
    ])
  })

  it.each(['\n', '\r\n'])('counts the lines inside quoted fields (%j)', async end => {
    const text = ['a,b', `1,"uno${end}dos ""y"" tres${end}"`, '2,x', `3,"${end}"`, '4,y', ''].join(end)
    expect(await rowsOf(text)).toEqual([
      [2, ['1', `uno${end}dos "y" tres${end}`], null],
      [5, ['2', 'x'], null],
      [6, ['3', end], null],
      [8, ['4', 'y'], null],
    ])
  })

  it('rejects a line with a stray quote and reads on with the next', async () => {
    expect(await rowsOf('a,b\n1,tubo de 5" nuevo\n2,"bien"\n3,"mal" dicho\n4,x\n')).toEqual([
      [2, ['1,tubo de 5" nuevo'], 'comillas dentro de un campo que no empieza por comillas'],
      [3, ['2', 'bien'], null],
      [4, ['3,"mal" dicho'], 'comillas sin cerrar o sin duplicar dentro de un campo'],
      [5, ['4', 'x'], null],
    ])
  })

  it('loses only the line with the quote that is not closed', async () => {
    expect(await rowsOf('a,b\n1,"abierto\n2,x\n3,"otra ""cosa"""\n4,y\n')).toEqual([
      [2, ['1,"abierto'], 'comillas sin cerrar o sin duplicar dentro de un campo'],
      [3, ['2', 'x'], null],
      [4, ['3', 'otra "cosa"'], null],
      [5, ['4', 'y'], null],
    ])
    expect(await rowsOf('a,b\n1,x\n2,"abierto\n3,y\n\n4,z')).toEqual([
      [2, ['1', 'x'], null],
      [3, ['2,"abierto'], 'comillas sin cerrar'],
      [4, ['3', 'y'], null],
      [6, ['4', 'z'], null],
    ])
  })

  it('gives up on an open quote after 1 MB instead of keeping the file in memory', async () => {
    const rest = Array.from({ length: 120_000 }, (_, at) => `${at},plain text`)
    const { rows } = await read(['a,b', '0,"abierto', ...rest].join('\n'))
    expect(rows).toHaveLength(120_001)
    expect(rows[0]).toMatchObject({ line: 2, damage: 'comillas sin cerrar' })
    expect(rows.at(-1)).toMatchObject({ line: 120_002, damage: null })
  })

  it('rejects a record with more or fewer columns than the header', async () => {
    expect(await rowsOf('a,b\n1\n2,x,y\n3,z\n')).toEqual([
      [2, ['1'], 'tiene 1 columnas y el encabezado 2'],
      [3, ['2', 'x', 'y'], 'tiene 3 columnas y el encabezado 2'],
      [4, ['3', 'z'], null],
    ])
  })

  it('rejects a record that is not UTF-8 and says what to do', async () => {
    const text = Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xf1]), Buffer.from('\n2,\uFFFD\n')])
    const [latin, replacement] = (await read(text)).rows
    expect(latin).toMatchObject({ line: 2, damage: expect.stringContaining('"encoding": "windows-1252"') })
    expect(replacement).toMatchObject({ line: 3, damage: null })
  })

  it('refuses what is no CSV', async () => {
    await expect(read('')).rejects.toThrow('El archivo está vacío.')
    await expect(read('\n\n')).rejects.toThrow('El archivo está vacío.')
    await expect(read('a\0b\n')).rejects.toThrow('no es de texto')
    await expect(read('a,"b\n1,2\n')).rejects.toThrow(
      'El encabezado del archivo no se puede leer: comillas sin cerrar.',
    )
    await expect(read(`a,b\n${'x'.repeat(1_100_000)}`)).rejects.toThrow('una línea de más de 1 MB')
  })

  it('reads the same however the bytes arrive', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ñ', '€', '"', ',', ';', '\n', '\r\n', ' '), maxLength: 6 })
    const damage = fc.constantFrom('"', 'x"y', '"a"b', '1,2,3')
    const good = fc.tuple(cell, cell).map(cells => cells.map(text => `"${text.replaceAll('"', '""')}"`).join(','))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(good, damage), { maxLength: 8 }),
        fc.integer({ min: 1, max: 9 }),
        async (lines, size) => {
          const text = ['a,b', ...lines].join('\r\n')
          expect(await rowsOf(text, { size })).toEqual(await rowsOf(text))
        },
      ),
    )
  })
})

describe('a file', () => {
  async function textOf(file: string, encoding: 'utf-8' | 'windows-1252' = 'utf-8') {
    const source = await openSource(file, encoding)
    const chunks: Buffer[] = []
    for await (const chunk of source.bytes) chunks.push(chunk)
    return { text: Buffer.concat(chunks).toString(), source }
  }

  it('is unpacked when its first bytes say gzip, whatever its name', async () => {
    const packed = gzipSync('a,b\n1,ñ\n')
    const { text, source } = await textOf(folder.write('sin-extension', packed))
    expect(text).toBe('a,b\n1,ñ\n')
    expect([source.bytesTotal, source.bytesRead()]).toEqual([packed.length, packed.length])
    expect((await textOf(folder.write('plano.csv.gz', 'a,b\n'))).text).toBe('a,b\n')
  })

  it('is read as Windows-1252 when the mapping says so', async () => {
    const bytes = Buffer.from([0x80, 0x20, 0x93, 0xf1, 0x94, 0x92, 0x9f])
    expect((await textOf(folder.write('excel.csv', bytes), 'windows-1252')).text).toBe('€ “ñ”’Ÿ')
  })

  it('is refused with the reason when it cannot be read', async () => {
    await expect(openSource(folder.path('nada.csv'), 'utf-8')).rejects.toThrow('no existe')
    await expect(openSource(folder.path('.'), 'utf-8')).rejects.toThrow('es una carpeta')
    await expect(openSource(folder.write('vacio.csv', ''), 'utf-8')).rejects.toThrow('está vacío')
    await expect(openSource(folder.write('libro.csv', 'PK\x03\x04…'), 'utf-8')).rejects.toThrow('libro de Excel')
    const utf16 = folder.write('utf16.csv', Buffer.from('\uFEFFa;b', 'utf16le'))
    await expect(openSource(utf16, 'utf-8')).rejects.toThrow('UTF-16')
    const half = gzipSync('a,b\n'.repeat(1000)).subarray(0, 30)
    await expect(textOf(folder.write('medio.csv.gz', half))).rejects.toThrow('está incompleto o dañado')
  })
})
