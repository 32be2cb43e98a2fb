import { expect, it } from 'vitest'
import { TicketStatus } from '../../src/generated/prisma/enums.ts'
import { next, transitions } from '../../src/tickets/states.ts'
import { useDatabase } from '../support/database.ts'

const { db } = await useDatabase()

// product.md's table once more, by hand: a change of src/tickets/states.ts must be meant.
const expected: Record<string, Partial<Record<TicketStatus | '–', TicketStatus>>> = {
  crear: { '–': 'REGISTRADO' },
  asignar: { REGISTRADO: 'ASIGNADO' },
  reasignar: { ASIGNADO: 'ASIGNADO', EN_PROCESO: 'ASIGNADO' },
  iniciar: { ASIGNADO: 'EN_PROCESO' },
  cancelar: { REGISTRADO: 'CANCELADO', ASIGNADO: 'CANCELADO', EN_PROCESO: 'CANCELADO' },
  finalizar: { ASIGNADO: 'FINALIZADO', EN_PROCESO: 'FINALIZADO' },
  reabrir: { FINALIZADO: 'EN_PROCESO' },
}

it('knows every step of the table and no other', () => {
  const states = [null, ...Object.values(TicketStatus)]
  for (const action of ['crear', 'asignar', 'reasignar', 'iniciar', 'cancelar', 'finalizar', 'reabrir'] as const) {
    for (const from of states) {
      expect(next(from, action), `${action} from ${from}`).toBe(expected[action]?.[from ?? '–'] ?? null)
    }
  }
})

it('is what the trigger of the database reads', async () => {
  const copy = await db.prisma.ticketTransition.findMany({ orderBy: { id: 'asc' } })
  expect(copy.map(({ fromStatus, action, toStatus }) => ({ from: fromStatus, action, to: toStatus }))).toEqual(
    transitions,
  )
})
