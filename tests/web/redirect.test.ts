import { expect, it } from 'vitest'
import { ownPath } from '../../src/web/redirect.ts'

it.each([
  ['/tickets/7', '/tickets/7'],
  ['/tickets?estado=cancelados&area=2#fila', '/tickets?estado=cancelados&area=2#fila'],
  ['/a/../tickets', '/tickets'],
  ['', '/'],
  ['tickets', '/'],
  ['https://malo.example/', '/'],
  ['//malo.example/', '/'],
  ['/\\malo.example', '/'],
  ['/\t/malo.example', '/'],
  ['/.//malo.example', '/'],
  ['/tickets/..//malo.example', '/'],
  ['javascript:alert(1)', '/'],
])('%j leads to %j', (wanted, path) => {
  expect(ownPath(wanted)).toBe(path)
})
