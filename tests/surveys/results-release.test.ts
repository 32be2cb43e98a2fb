import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Batch, batchesOf, type Cell, SMALLEST_GROUP } from '../../src/surveys/results/release.ts'

// Protected answers become visible in batches; everything that is shown of them is made of whole ones.

const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']

/** Category n belongs to area n / 3 and is a problem when n is even. */
const cell = fc
  .record({ month: fc.constantFrom(...months), category: fc.nat(8), answered: fc.integer({ min: 1, max: 7 }) })
  .map(
    ({ month, category, answered }): Cell => ({
      month,
      areaId: Math.floor(category / 3),
      categoryId: category,
      kind: category % 2 === 0 ? 'PROBLEMA' : 'REQUERIMIENTO',
      answered,
    }),
  )
const cells = fc.uniqueArray(cell, { selector: ({ month, categoryId }) => `${month} ${categoryId}`, maxLength: 54 })

const sizeOf = ({ cells }: Batch<Cell>) => cells.reduce((sum, { answered }) => sum + answered, 0)

it('makes batches of five and more, each answer in one at most', () => {
  fc.assert(
    fc.property(cells, given => {
      const batches = batchesOf(given, '2026-07')
      expect(batches.filter(batch => sizeOf(batch) < SMALLEST_GROUP)).toEqual([])
      const shown = batches.flatMap(batch => batch.cells)
      expect(new Set(shown).size).toBe(shown.length)
      expect(given).toEqual(expect.arrayContaining(shown))
    }),
  )
})

it('leaves fewer than five waiting, of all areas together', () => {
  fc.assert(
    fc.property(cells, given => {
      const all = given.reduce((sum, { answered }) => sum + answered, 0)
      const shown = batchesOf(given, '2026-07').reduce((sum, batch) => sum + sizeOf(batch), 0)
      expect(all - shown).toBeLessThan(SMALLEST_GROUP)
    }),
  )
})

it('never takes apart or changes what it has shown, month after month, whatever comes in which order', () => {
  fc.assert(
    fc.property(cells, fc.constantFrom(...months), (given, month) => {
      const known = (batches: Batch<Cell>[]) =>
        batches.map(({ cells, ...batch }) =>
          JSON.stringify({ ...batch, cells: cells.map(each => JSON.stringify(each)).sort() }),
        )
      const before = known(batchesOf([...given].reverse(), month))
      expect(known(batchesOf(given, '2026-07'))).toEqual(expect.arrayContaining(before))
    }),
  )
})

it('shows nothing of a month that is not over', () => {
  const given: Cell[] = [{ month: '2026-03', areaId: 1, categoryId: 1, kind: 'PROBLEMA', answered: 9 }]
  expect(batchesOf(given, '2026-03')).toEqual([])
  expect(batchesOf(given, '2026-04')).toMatchObject([{ month: '2026-03', areaId: 1, categoryId: 1, kind: 'PROBLEMA' }])
})

it('says of a batch only what all of it has in common', () => {
  const at = (categoryId: number, areaId: number, kind: Cell['kind'], answered: number): Cell => ({
    ...{ month: '2026-03', categoryId, areaId, kind, answered },
  })
  const places = (given: Cell[]) =>
    batchesOf(given, '2026-04').map(({ areaId, categoryId, kind }) => [areaId, categoryId, kind])
  expect(places([at(1, 1, 'PROBLEMA', 3), at(2, 1, 'PROBLEMA', 2)])).toEqual([[1, null, 'PROBLEMA']])
  expect(places([at(1, 1, 'PROBLEMA', 3), at(2, 1, 'REQUERIMIENTO', 2)])).toEqual([[1, null, null]])
  expect(places([at(1, 1, 'PROBLEMA', 3), at(2, 2, 'PROBLEMA', 2)])).toEqual([[null, null, null]])
})
