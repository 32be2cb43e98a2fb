import { expect, it } from 'vitest'
import { routeTableOf } from '../src/app.ts'
import { matrixOf, prepare } from './access/matrix.ts'
import { useApplication } from './support/application.ts'

// An address that somebody damaged, made up or kept from another page is a page all the same, never a failure of ours.

const application = await useApplication()
const { app, as, log } = application
const matrix = matrixOf(application)

/** The parameters that any page reads. */
const names = [
  ...['siguiente', 'anterior', 'antes', 'pagina', 'orden', 'buscar', 'texto', 'desde', 'hasta', 'bitacora', 'version'],
  ...['area', 'categoria', 'tipo', 'prioridad', 'responsable', 'estado', 'persona', 'objeto', 'direccion', 'rol'],
  ...['organizacion', 'activo', 'volver', 'ticket', 'accion'],
]

/** Of these, each for all parameters at once. */
const values = {
  'a NUL': '%00',
  'a place with a NUL': '1-a%00b',
  'a number larger than any': '1-9999999999',
  'the same with a priority': '0-1-9999999999',
  'a day of the year 0': '0000-01-01',
  'the last day that is written with four digits': '9999-12-31',
  'half of a character': '%ED%A0%80',
  'the wildcards of patterns': '%25_%5C',
  'an open quotation mark': '%22abc',
}

const pages = routeTableOf(app).filter(({ method, path }) => method === 'get' && !path.startsWith('/salud'))

it.each(pages.map(({ path }) => path))('%s', async path => {
  const ana = await as('ana')
  const { url } = await prepare(`get ${path}`, matrix[`get ${path}`] ?? { answers: '' })
  const orders = path.endsWith('s') ? ['', '&orden=prioridad'] : ['']
  for (const [what, value] of Object.entries(values)) {
    for (const order of orders) {
      const query = names.filter(name => name !== 'orden' || order === '').map(name => `${name}=${value}`)
      const { status } = await ana.get(`${url}?${query.join('&')}${order}`)
      expect(status, what).toBeLessThan(500)
    }
  }
  const twice = names.flatMap(name => [`${name}=1`, `${name}=2`])
  expect((await ana.get(`${url}?${twice.join('&')}`)).status).toBeLessThan(500)
})

it('the file of the audit is narrowed to what was asked for without its NUL', async () => {
  const path = '/administracion/auditoria/exportacion'
  const { url, form } = await prepare(`post ${path}`, matrix[`post ${path}`] ?? { answers: '' })
  const answer = await (await as('ana')).post(url, { ...form, direccion: '10.0.0.1\0' })
  expect(answer.status).toBe(200)
})

it('nothing of all this was a failure of ours', () => {
  expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([])
})
