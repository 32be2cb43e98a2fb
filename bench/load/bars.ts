import type { Figures, Measured } from './measure.ts'

/** Something that was promised, and what was measured. */
export interface Bar {
  what: string
  measured: number
  limit: number
  /** Whether the limit is the least or the most. */
  sense: 'least' | 'most'
  holds: boolean
}

/** Promised for the largest database, with 16 connections. */
const LIMITS = { floor: 0.35, behind: 1.2, growth: 1.3, kilobytes: 60, listStatements: 4, statements: 6, memory: 200 }

/** @param results of all cases; sizes from the smallest database to the largest */
export function bars(results: Measured[]): Bar[] {
  return results.flatMap(result => {
    const [small, large] = [result.figures[0], result.figures.at(-1)]
    if (!small || !large) return []
    const name = result.case.name
    const grown = result.case.kind !== 'write' && small.tickets < large.tickets
    return [
      ...(large.at[16].wrong + large.at[1].wrong > 0 ? [most(`${name}: wrong answers`, large.at[16].wrong, 0)] : []),
      ...(result.floor
        ? [least(`${name}: share of the floor`, large.at[16].perSecond / result.floor, LIMITS.floor)]
        : []),
      ...againstFirst(result, large, results),
      ...(grown
        ? [most(`${name}: p50 against ${small.tickets} tickets`, large.at[16].p50 / small.at[16].p50, LIMITS.growth)]
        : []),
      ...(result.case.slowest ? [most(`${name}: p99 in ms`, large.at[16].p99, result.case.slowest)] : []),
      ...(result.case.kind === 'write' ? [] : readingBars(name, result.case.kind, large)),
    ]
  })
}

function againstFirst({ case: { name, like } }: Measured, large: Figures, results: Measured[]): Bar[] {
  const first = results.find(({ case: { name } }) => name === like)?.figures.at(-1)
  return first ? [most(`${name}: p50 against page 1`, large.at[16].p50 / first.at[16].p50, LIMITS.behind)] : []
}

function readingBars(name: string, kind: 'list' | 'page', { statements, bytes }: Figures): Bar[] {
  return [
    // Whole ones: now and then a request moves the end of its session besides.
    most(`${name}: statements`, Math.round(statements), kind === 'list' ? LIMITS.listStatements : LIMITS.statements),
    most(`${name}: kilobytes of HTML`, bytes.raw / 1024, LIMITS.kilobytes),
  ]
}

/** @param megabytes of one process after the requests */
export const memoryBar = (megabytes: number, requests: number): Bar =>
  most(`megabytes after ${requests} requests`, megabytes, LIMITS.memory)

const least = (what: string, measured: number, limit: number): Bar => ({
  what,
  measured,
  limit,
  sense: 'least',
  holds: measured >= limit,
})

const most = (what: string, measured: number, limit: number): Bar => ({
  what,
  measured,
  limit,
  sense: 'most',
  holds: measured <= limit,
})
