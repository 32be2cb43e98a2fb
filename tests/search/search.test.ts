import { beforeAll, describe, expect, it } from 'vitest'
import { changeName } from '../../src/account/actions/change-name.ts'
import { fold } from '../../src/search/language/words.ts'
import { addEntry } from '../../src/tickets/actions/add-entry.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { reclassifyTicket } from '../../src/tickets/actions/reclassify.ts'
import { useApplication } from '../support/application.ts'
import { attachmentOf } from '../support/attachments.ts'

const application = await useApplication()
const { as, viewer, db, clock, cast } = application
const context = { db, clock }
const numbers: Record<string, number> = {}

async function register(name: string, subject: string, description: string): Promise<number> {
  const where = { areaId: cast.areas.sistemas, categoryId: cast.categories.red }
  const number = await createTicket(context, await viewer('clara'), { ...where, subject, description })
  numbers[name] = number
  return number
}

beforeAll(async () => {
  await register('impresora', 'La impresora láser no enciende', 'Está en el pasillo, junto a las averías de siempre.')
  const log = await register(
    'tóner',
    'La impresora del almacén',
    'Imprime <b>manchas</b> & rayas en 192.168.10.7/HP-1020.',
  )
  await addEntry(context, await viewer('ana'), log, { text: 'Se pidió el tóner negro', visibility: 'PUBLICA' })
  await register('clave', 'Olvidé mi contraseña', 'No recuerdo la del correo electrónico.')
  await register('instalación', 'Instalación de un programa', 'Solicito las licencias que correspondan.')
  await attachmentOf(application, 'clara', await register('foto', 'Monitor roto', 'Se cayó.'), {
    name: 'golpe_frontal.png',
  })
})

const ask = async (text: string, more = '') =>
  (await as('ana')).get(`/buscar?${new URLSearchParams({ texto: text })}${more}`)

/** Names of the tickets that a search leads to, the best first. */
async function found(text: string): Promise<string[]> {
  const { status, body } = await ask(text)
  expect(status).toBe(200)
  const links = [...body.matchAll(/class="ticket-link" href="\/tickets\/(\d+)"/g)].map(([, number]) => Number(number))
  return links.map(number => Object.keys(numbers).find(name => numbers[name] === number) ?? '')
}

describe('what is found', () => {
  it.each([
    ['averia', ['impresora']],
    ['AVERÍA', ['impresora']],
    ['impresoras', ['impresora', 'tóner']],
    ['impresora toner', ['tóner']],
    ['instalar', ['instalación']],
    ['instalaciones', ['instalación']],
    ['instalacion', ['instalación']],
    ['password', ['clave']],
    ['clave email', ['clave']],
    ['prende', ['impresora']],
    ['"impresora láser"', ['impresora']],
    ['"láser impresora"', []],
    ['impresora -láser', ['tóner']],
    ['impresora -"del almacén"', ['impresora']],
    ['hp-1020', ['tóner']],
    ['192.168.10.7', ['tóner']],
    ['clara solis', ['impresora', 'tóner', 'clave', 'instalación', 'foto']],
    ['golpe frontal', ['foto']],
    ['frontal.png', ['foto']],
    ['"almacén imprime"', []],
  ])('%s', async (text, expected) => {
    expect((await found(text)).sort()).toEqual([...expected].sort())
  })

  it('puts the subject before the description and the description before the bitácora', async () => {
    const subject = await register('en el asunto', 'Un colibrí', 'Entró.')
    await register('en el texto', 'Un pájaro', 'Es un colibrí.')
    const log = await register('en la bitácora', 'Otro pájaro', 'Entró también.')
    await addEntry(context, await viewer('ana'), log, { text: 'Era un colibrí', visibility: 'PUBLICA' })
    expect(await found('colibri')).toEqual(['en el asunto', 'en el texto', 'en la bitácora'])
    expect((await ask(`#${subject}`)).location).toBe(`/tickets/${subject}`)
    expect((await ask(`  00${subject} `)).location).toBe(`/tickets/${subject}`)
  })

  it('follows a new subject and a new name', async () => {
    const number = await register('cambia', 'Zapatilla suelta', 'Texto')
    const change = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, priority: 'ALTA' as const }
    await reclassifyTicket(context, await viewer('ana'), number, {
      ...change,
      subject: 'Regleta suelta',
      version: 1,
      owner: null,
    })
    expect([await found('zapatilla'), await found('regleta')]).toEqual([[], ['cambia']])
    const clara = await viewer('clara')
    const actor = { id: clara.id, address: '::1' }
    await changeName(context, clara, { name: 'Rosalba Ibarra', actor })
    expect(await found('regleta ibarra')).toEqual(['cambia'])
    expect(await found('regleta solis')).toEqual([])
  })
})

describe('what is shown', () => {
  it('marks hits and escapes the rest', async () => {
    const { body } = await ask('manchas')
    expect(body).toContain('&lt;b&gt;<mark>manchas</mark>&lt;/b&gt; &amp; rayas en 192.168.10.7/HP-1020.')
    expect((await ask('toner')).body).toMatch(/Bitácora:<\/span> Se pidió el <mark>tóner<\/mark> negro/)
    expect((await ask('192.168.10.7')).body).toContain(
      '<mark>192</mark>.<mark>168</mark>.<mark>10</mark>.<mark>7</mark>/HP',
    )
  })

  it('takes no marks from a text', async () => {
    await register('marcas', 'Un \uE000falso\uE001 acierto', 'Con \uE001 dentro de una ornitorrinco \uE000')
    const { body } = await ask('ornitorrinco')
    expect(body).toContain('Un falso acierto')
    expect(body).toContain('una <mark>ornitorrinco</mark>')
  })

  it('pages through the newest hundred, and goes on with older ones', async () => {
    const hour = 60 * 60 * 1000
    await registerMany(230, index => ({
      subject: `Cafetera ${index}`,
      createdAt: ago(Math.floor(index / 2) * 31 * hour),
    }))
    const newest = await windowOf('/buscar?texto=cafetera')
    expect(newest.first).toContain('Más de 100 tickets; se muestran los 100 más recientes')
    expect(newest.first).toContain('href="/buscar?texto=cafetera&amp;pagina=2"')
    expect(newest.last).not.toContain('Siguiente')
    expect(newest.subjects.sort(byNumber)).toEqual(upTo(0, 100))
    const older = await windowOf(newest.older)
    expect(older.first).toMatch(/100 tickets de antes del .+, primero los que mejor coinciden. Hay más antiguos./)
    expect(older.first).toContain('href="/buscar?texto=cafetera">Volver a los más recientes')
    expect(older.subjects.sort(byNumber)).toEqual(upTo(100, 200))
    const oldest = await windowOf(older.older)
    expect(oldest.first).toMatch(/30 tickets de antes del /)
    expect(oldest.first).not.toContain('Buscar en los más antiguos')
    expect(oldest.subjects.sort(byNumber)).toEqual(upTo(200, 230))
    const beyond = await ask('cafetera', `&antes=${ago(10_000 * hour).getTime()}-1`)
    expect(beyond.body).toContain('Ningún ticket más antiguo coincide.')
  })

  it('tells how far it looked for a phrase of common words, and goes on from there', async () => {
    await registerMany(1, () => ({ subject: 'Norte gaviota', createdAt: ago(3_000_000_000) }))
    await registerMany(2200, index => ({ subject: `Gaviota ${index} norte`, createdAt: ago(index * 1_000_000) }))
    const { body } = await ask('"norte gaviota"')
    expect(body).toMatch(/Nada coincide todavía[\s\S]+Se buscó en los tickets desde el /)
    const [, path = ''] = /href="([^"]*)">Buscar en los más antiguos/.exec(body) ?? []
    const older = await (await as('ana')).get(path.replaceAll('&amp;', '&'))
    expect(older.body).toContain('<mark>Norte</mark> <mark>gaviota</mark>')
  })
})

const ago = (milliseconds: number) => new Date(clock.now().getTime() - milliseconds)
const upTo = (first: number, end: number) => Array.from({ length: end - first }, (_, index) => first + index)
const byNumber = (one: number, other: number) => one - other

async function registerMany(count: number, make: (index: number) => { subject: string; createdAt: Date }) {
  const where = { areaId: cast.areas.sistemas, categoryId: cast.categories.red, priority: 'MEDIA' as const }
  const people = { requesterId: cast.ids.elena, creatorId: cast.ids.elena }
  const said = upTo(0, count).map(index => ({ description: 'Gotea', lastActivityAt: clock.now(), ...make(index) }))
  await db.prisma.ticket.createMany({ data: said.map(each => ({ ...each, ...where, ...people })) })
}

/** All pages of one search: their numbered subjects, the first and the last page, and where older ones are. */
async function windowOf(path: string) {
  const ana = await as('ana')
  const bodies: string[] = []
  for (let next: string | undefined = path; next; ) {
    const { body } = await ana.get(next)
    bodies.push(body)
    next = /href="([^"]*)" rel="next"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  const [first = '', last = ''] = [bodies[0], bodies.at(-1)]
  const subjects = bodies.flatMap(body =>
    [...body.matchAll(/<\/mark> (\d+)\s*<\/a>/g)].map(([, number]) => Number(number)),
  )
  const older = /href="([^"]*)">Buscar en los más antiguos/.exec(first)?.[1] ?? ''
  return { first, last, subjects, older: older.replaceAll('&amp;', '&') }
}

describe('what is typed badly', () => {
  it.each([
    ['imprsora laser', '/buscar?texto=impresora\\+(laser|l%C3%A1ser)', 'impresora'],
    ['contrasenla', '/buscar?texto=contrase%C3%B1a', 'contraseña'],
    ['istalacion', '/buscar?texto=instalaci%C3%B3n', 'instalación'],
  ])('%s is shown as what was meant', async (text, href, word) => {
    const { body } = await ask(text)
    expect(body).toMatch(
      new RegExp(`No hay tickets con «${text}». Se muestran los de <a href="${href.replace('?', '\\?')}">`),
    )
    expect(body.toLowerCase()).toContain(`<mark>${word}</mark>`)
  })

  it.each([
    ['', '¿Qué busca?'],
    ['   ', '¿Qué busca?'],
    ['de la que', 'demasiado comunes'],
    ['-impresora', 'Falta decir qué buscar'],
    ['#99999999', 'No encontramos el ticket #99999999'],
    ['xkjhwqz', 'Nada coincide'],
  ])('«%s» is told', async (text, message) => {
    expect((await ask(text)).body).toContain(message)
  })

  it.each([
    '"',
    '"impresora',
    'impresora"""',
    ":*&|!()<->''",
    "impresora':*",
    '\\',
    'a\0b',
    '😀 impresora 🖨️',
    '\uD800',
    'impresora & !toner | (',
    '--',
    '-"',
    '#0',
    '#99999999999999',
    '99999999999',
    '\u202Eimpresora\u200B',
    'ﬁ ½ Ⅷ ß İ',
    'impresora '.repeat(200),
    'x'.repeat(2000),
    '-'.repeat(2000),
    '"a" '.repeat(500),
    "'; DROP TABLE tickets; --",
  ])('%j never fails', async text => {
    const client = await as('ana')
    for (const path of ['/buscar', '/buscar/sugerencias']) {
      expect((await client.get(`${path}?${new URLSearchParams({ texto: text })}`)).status).toBe(200)
    }
  })

  it.each(['?texto=a&texto=b', '?texto[]=a', '?texto=%FF', '?pagina=-1', '?pagina=999&texto=impresora', '?pagina=x'])(
    '%s never fails',
    async address => {
      expect((await (await as('ana')).get(`/buscar${address}`)).status).toBe(200)
    },
  )
})

describe('while somebody types', () => {
  it.each(['instal', 'instala', 'instalac', 'instalaci', 'instalacio', 'impre', 'impresor', 'contrase'])(
    '%s',
    async text => {
      const { body } = await (await as('ana')).get(`/buscar/sugerencias?texto=${text}`)
      expect(fold(body)).toContain(text)
    },
  )

  it('knows the word behind a beginning that its stem does not have', async () => {
    await register('funcionamiento', 'Funcionamiento irregular', 'A ratos.')
    const { body } = await (await as('ana')).get('/buscar/sugerencias?texto=funcionamien')
    expect(body).toContain('Funcionamiento irregular')
  })

  it('offers nothing for less than three letters', async () => {
    expect((await (await as('ana')).get('/buscar/sugerencias?texto=im')).body).toBe('{"options":[]}')
  })
})
