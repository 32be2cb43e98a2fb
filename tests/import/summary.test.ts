import { describe, expect, it } from 'vitest'
import { describeSummary } from '../../src/import/summary.ts'
import { formatCount, formatDuration } from '../../src/platform/amounts.ts'

describe('the summary', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min 0 s'],
    [605, '10 min 5 s'],
    [3599.9, '1 h 0 min'],
    [7260, '2 h 1 min'],
  ])('tells %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  it('parts thousands by a blank', () => {
    expect([999, 1000, 1_234_567].map(formatCount)).toEqual(['999', '1\u00a0000', '1\u00a0234\u00a0567'])
  })

  it('names what was done and the way on', () => {
    const summary = {
      loaded: 1500,
      alreadyThere: 20,
      rejected: 3,
      bytesRead: 10,
      bytesTotal: 10,
      created: { areas: 1, categories: 2, groups: 3, requesters: 4 },
      seconds: 2,
      rejectsFile: '/datos/casos.rechazos.csv',
      interrupted: false,
    }
    expect(describeSummary(summary).replaceAll('\u00a0', ' ').split('\n')).toEqual([
      'Importación terminada.',
      '  Cargadas: 1 500',
      '  Ya estaban: 20',
      '  Rechazadas: 3 (en /datos/casos.rechazos.csv)',
      '  Áreas creadas: 1',
      '  Categorías creadas: 2',
      '  Grupos creados: 3',
      '  Solicitantes creados: 4',
      '  Tiempo: 2 s (762 solicitudes por segundo)',
      'Corrija las filas rechazadas en ese archivo e impórtelo con el mismo mapa.',
    ])
    expect(describeSummary({ ...summary, interrupted: true })).toContain('ejecute el mismo comando: nada se duplica')
  })
})
