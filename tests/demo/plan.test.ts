import { describe, expect, test } from 'vitest'
import { createTurns } from '../../src/demo/chance.ts'
import { areas } from '../../src/demo/content-areas.ts'
import { planEvents } from '../../src/demo/plan.ts'
import { stories } from '../../src/demo/texts.ts'
import { workday, workedAgo } from '../../src/demo/working-time.ts'

const DAY = 24 * 60 * 60 * 1000

// In the time zone of the process; the last two weeks of March contain a change of clocks in many of them.
const moments = [
  '2026-03-11T17:20:00',
  '2026-03-14T23:59:59',
  '2026-03-15T12:00:00',
  '2026-03-16T08:00:00',
  '2026-03-16T08:00:01',
  '2026-01-01T00:00:00',
  '2026-04-08T07:15:00',
  '2026-10-30T18:00:00',
].map(text => new Date(text))

const births = (now: Date) => planEvents(now).flatMap(({ deed }) => (deed.kind === 'create' ? [deed] : []))

describe.each(moments)('at %s', now => {
  const events = planEvents(now)

  test('everything lies in the last ninety days, in working hours, in order', () => {
    for (const [index, { at }] of events.entries()) {
      expect(at.getTime()).toBeLessThanOrEqual(now.getTime())
      expect(at.getTime()).toBeGreaterThan(now.getTime() - 90 * DAY)
      expect(at.getTime()).toBeGreaterThanOrEqual(events[index - 1]?.at.getTime() ?? 0)
      expect([1, 2, 3, 4, 5]).toContain(at.getDay())
      const hour = at.getHours() + at.getMinutes() / 60 + at.getSeconds() / 3600
      expect(hour).toBeGreaterThanOrEqual(8)
      expect(hour).toBeLessThanOrEqual(18)
    }
  })

  test('time passes between any two steps of a ticket, and tickets are counted in the order of their creation', () => {
    const last = new Map<number, number>()
    for (const { ticket, at, deed } of events) {
      if (deed.kind === 'create') expect(ticket).toBe(last.size)
      expect(at.getTime()).toBeGreaterThan(last.get(ticket) ?? 0)
      last.set(ticket, at.getTime())
    }
  })

  test('nothing is reopened later than a requester may', () => {
    const closed = new Map<number, Date>()
    let reopened = 0
    for (const { ticket, at, deed } of events) {
      if (deed.kind === 'close') closed.set(ticket, at)
      if (deed.kind !== 'reopen') continue
      reopened++
      expect(at.getTime() - (closed.get(ticket)?.getTime() ?? 0)).toBeLessThan(7 * DAY)
    }
    expect(reopened).toBeGreaterThan(10)
  })
})

describe('the texts', () => {
  const [now = new Date()] = moments
  const deeds = planEvents(now).map(({ deed }) => deed)

  test('no subject comes twice, and all of them fit', () => {
    const subjects = births(now).map(({ subject }) => subject)
    expect(new Set(subjects).size).toBe(subjects.length)
    expect(Math.max(...subjects.map(subject => subject.length))).toBeLessThanOrEqual(150)
    expect(Math.max(...subjects.map(subject => subject.length))).toBeGreaterThan(130)
  })

  test('every slot is filled', () => {
    expect(JSON.stringify(deeds)).not.toMatch(/\{\w+\}|undefined/)
  })

  test('contain what pages have to escape and to break', () => {
    const all = births(now)
      .map(({ subject, description }) => `${subject}\n${description}`)
      .join('\n')
    for (const part of ['<b>', '&nbsp;', '"', '\n\n', 'ñ', '🙏']) expect(all).toContain(part)
  })

  test('the same moment gives the same events', () => {
    expect(planEvents(now)).toEqual(planEvents(now))
  })

  test('every category has stories, and every story a category', () => {
    for (const { name, categories } of areas) {
      expect(Object.keys(stories[name] ?? {}).sort()).toEqual(categories.map(([, category]) => category).sort())
    }
    const told = Object.values(stories).flatMap(area => Object.values(area).flat())
    expect(told.length).toBeGreaterThan(140)
  })
})

describe('working time', () => {
  test.each([
    ['now, in working hours', '2026-03-11T17:20:00', 0, '2026-03-11T17:20:00'],
    ['before the opening', '2026-03-11T17:20:00', 10 * 3600, '2026-03-10T17:20:00'],
    ['at night', '2026-03-11T23:00:00', 3600, '2026-03-11T17:00:00'],
    ['early in the morning', '2026-03-11T06:00:00', 3600, '2026-03-10T17:00:00'],
    ['on a Sunday', '2026-03-15T12:00:00', 0, '2026-03-13T18:00:00'],
    ['over a weekend', '2026-03-16T09:00:00', 2 * 3600, '2026-03-13T17:00:00'],
    ['a working week', '2026-03-13T18:00:00', 5 * workday, '2026-03-06T18:00:00'],
  ])('%s', (_, now, seconds, expected) => {
    expect(workedAgo(new Date(now), seconds)).toEqual(new Date(expected))
  })
})

test('turns go through a list and start again, each list by itself', () => {
  const next = createTurns()
  expect([next('letters', ['a', 'b']), next('digits', [1]), next('letters', ['a', 'b'])]).toEqual(['a', 1, 'b'])
  expect(next('letters', ['a', 'b'])).toBe('a')
  expect(() => next('nothing', [])).toThrow('nothing')
})
