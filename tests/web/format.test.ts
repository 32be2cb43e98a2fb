import { describe, expect, it } from 'vitest'
import {
  boundedCount,
  formatDate,
  formatDateTime,
  formatNumber,
  initials,
  plural,
  relativeTime,
} from '../../src/web/format.ts'

const now = new Date('2026-03-08T12:00:00Z')
const ago = (seconds: number) =>
  relativeTime(new Date(now.getTime() - seconds * 1000), now, { locale: 'es', zone: 'UTC' }).relative
const HOUR = 3600
const DAY = 24 * HOUR

describe('dates', () => {
  it.each([
    ['es', 'America/Bogota', '5 mar 2026, 18:30', '5 mar 2026'],
    ['es', 'Europe/Madrid', '6 mar 2026, 0:30', '6 mar 2026'],
    ['es-CO', 'America/Bogota', '5/03/2026, 6:30 p. m.', '5/03/2026'],
    ['es-MX', 'Europe/Madrid', '6 mar 2026, 12:30 a.m.', '6 mar 2026'],
  ])('are written as in %s and those of the zone %s', (locale, zone, dateTime, date) => {
    const moment = new Date('2026-03-05T23:30:00Z')
    const plain = (text: string) => text.replace(/\s/g, ' ')
    expect(plain(formatDateTime(moment, { locale, zone }))).toBe(dateTime)
    expect(plain(formatDate(moment, { locale, zone }))).toBe(date)
  })

  it.each([
    [0, 'hace un momento'],
    [59, 'hace un momento'],
    [60, 'hace 1 minuto'],
    [HOUR - 1, 'hace 59 minutos'],
    [HOUR, 'hace 1 hora'],
    [DAY - 1, 'hace 23 horas'],
    [DAY, 'hace 1 día'],
    [3 * DAY, 'hace 3 días'],
    [30 * DAY, 'hace 1 mes'],
    [364 * DAY, 'hace 12 meses'],
    [365 * DAY, 'hace 1 año'],
    [-30, 'dentro de un momento'],
    [-2 * HOUR, 'dentro de 2 horas'],
  ])('%i seconds ago reads "%s"', (seconds, words) => {
    expect(ago(seconds)).toBe(words)
  })

  it('come with the exact moment, for machines and for people', () => {
    expect(relativeTime(new Date('2026-03-05T23:30:00Z'), now, { locale: 'es', zone: 'America/Bogota' })).toEqual({
      iso: '2026-03-05T23:30:00.000Z',
      exact: '5 de marzo de 2026, 18:30',
      relative: 'hace 2 días',
    })
  })
})

describe('names and numbers', () => {
  it.each([
    ['Ana Ruiz', 'AR'],
    ['María del Carmen Pérez', 'MP'],
    ['  ángel   ñandú  ', 'ÁÑ'],
    ['Madonna', 'M'],
    ['(Mesa) de ayuda', 'MA'],
    ['𝒜na 7', '𝒜7'],
    ['—', '?'],
    ['', '?'],
  ])('the initials of "%s" are %s', (name, expected) => {
    expect(initials(name)).toBe(expected)
  })

  it.each([
    [0, '0 tickets'],
    [1, '1 ticket'],
    [2, '2 tickets'],
    [12_000, '12.000 tickets'],
  ])('%i: %s', (count, words) => {
    expect(plural(count, 'ticket', 'tickets')).toBe(words)
  })

  it.each([
    [999, '999'],
    [1000, '1000'],
    [1001, '1000+'],
  ])('of %i counted up to 1000 the page says %s', (count, words) => {
    expect(boundedCount(count, 1000)).toBe(words)
  })

  it.each([
    [1234, '1234'],
    [12_345.678, '12.345,68'],
    [-0.5, '-0,5'],
  ])('%d is written %s', (value, words) => {
    expect(formatNumber(value)).toBe(words)
  })
})
