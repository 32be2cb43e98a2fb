import { beforeAll, describe, expect, test } from 'vitest'
import { passwordMatches } from '../../src/auth/password.ts'
import { demonstrationAccounts, demonstrationPassword } from '../../src/demo/accounts.ts'
import { loadDemonstration } from '../../src/demo/load.ts'
import type { LogEntryKind, TicketStatus } from '../../src/generated/prisma/enums.ts'
import type { Database } from '../../src/platform/db.ts'
import { type Action, next } from '../../src/tickets/states.ts'
import { assignedTo, type Clause, requestedBy, sees, supervisedBy } from '../../src/tickets/visibility.ts'
import { findViewer } from '../../src/users/viewer.ts'
import type { Viewer } from '../../src/web/access.ts'
import { createTestDatabase, useDatabase } from '../support/database.ts'

const now = new Date('2026-03-11T17:20:00')
const { db } = await useDatabase()
let tickets: Awaited<ReturnType<typeof readTickets>>

beforeAll(async () => {
  const start = performance.now()
  await loadDemonstration(db, now)
  process.stdout.write(`The demonstration was loaded in ${((performance.now() - start) / 1000).toFixed(1)} s\n`)
  tickets = await readTickets(db)
})

function readTickets({ prisma }: Database) {
  return prisma.ticket.findMany({
    include: { logEntries: { orderBy: { id: 'asc' } }, category: true, attendants: { orderBy: { userId: 'asc' } } },
    orderBy: { number: 'asc' },
  })
}

const count = (status: TicketStatus, list: readonly { status: TicketStatus }[] = tickets) =>
  list.filter(ticket => ticket.status === status).length

test('has tickets in every state', () => {
  expect({
    registrado: count('REGISTRADO'),
    asignado: count('ASIGNADO'),
    enProceso: count('EN_PROCESO'),
    finalizado: count('FINALIZADO'),
    cancelado: count('CANCELADO'),
  }).toEqual({ registrado: 20, asignado: 25, enProceso: 31, finalizado: 100, cancelado: 25 })
})

describe('every ticket', () => {
  test('came to its state by legal steps', () => {
    for (const { number, status, logEntries } of tickets) {
      let reached: TicketStatus | null = null
      for (const { kind, changes } of logEntries) {
        if (['COMENTARIO', 'INCIDENCIA', 'INCIDENCIA_CERRADA', 'ENCUESTA'].includes(kind)) continue
        const after: TicketStatus | null = next(reached, actionOf(kind, reached))
        expect(after, `#${number}: ${kind} from ${reached}`).not.toBeNull()
        if (after !== reached) expect(changes).toMatchObject({ status: [reached, after] })
        reached = after
      }
      expect(reached, `#${number}`).toBe(status)
    }
  })

  test('has the times of its entries, in order and never in the future', () => {
    let created = 0
    for (const ticket of tickets) {
      const times = ticket.logEntries.map(entry => entry.createdAt.getTime())
      expect(times).toEqual([...times].sort((one, other) => one - other))
      expect(ticket.createdAt.getTime()).toBe(times[0])
      expect(ticket.lastActivityAt.getTime()).toBe(times.at(-1))
      expect(times.at(-1)).toBeLessThanOrEqual(now.getTime())
      expect(ticket.createdAt.getTime()).toBeGreaterThan(created)
      created = ticket.createdAt.getTime()
    }
  })

  test('is closed when its last closing entry says so', () => {
    for (const { status, closedAt, logEntries } of tickets) {
      const closing = logEntries.filter(({ kind }) => kind === 'FINALIZACION' || kind === 'CANCELACION').at(-1)
      const closed = status === 'FINALIZADO' || status === 'CANCELADO'
      expect(closedAt).toEqual(closed ? closing?.createdAt : null)
    }
  })

  test('has the priority of its category, which its requester may choose', async () => {
    const clients = await db.prisma.user.findMany({ where: { kind: 'CLIENTE' }, select: { id: true } })
    for (const { priority, category, requesterId } of tickets) {
      expect(priority).toBe(category.defaultPriority)
      if (clients.some(({ id }) => id === requesterId)) expect(category.audience).toBe('TODOS')
    }
  })
})

test('the bitácora was written in order of time', async () => {
  const { rows } = await db.pool.query(
    `SELECT id FROM (SELECT id, created_at, lag(created_at) OVER (ORDER BY id) AS before FROM log_entries) e
      WHERE created_at < before`,
  )
  expect(rows).toEqual([])
})

test('has all that a history may have', () => {
  const entries = tickets.flatMap(({ logEntries }) => logEntries)
  const kinds = new Set(entries.map(({ kind, visibility }) => `${kind} ${visibility}`))
  expect(kinds).toEqual(
    new Set([
      'CREACION PUBLICA',
      'ASIGNACION PUBLICA',
      'INICIO PUBLICA',
      'COMENTARIO PUBLICA',
      'COMENTARIO INTERNA',
      'FINALIZACION PUBLICA',
      'CANCELACION PUBLICA',
      'REAPERTURA PUBLICA',
      'INCIDENCIA PUBLICA',
      'INCIDENCIA_CERRADA PUBLICA',
      'ENCUESTA PUBLICA',
    ]),
  )
  expect(Math.max(...tickets.map(({ logEntries }) => logEntries.length))).toBeGreaterThan(60)
  expect(tickets.some(({ assigneeId, assigneeGroupId }) => assigneeId !== null && assigneeGroupId !== null)).toBe(true)
  const subjects = tickets.map(({ subject }) => subject).join('\n')
  expect(subjects).toContain('<b>')
})

const withAttendants = (ticket: (typeof tickets)[number]) => ({
  ...ticket,
  attendantIds: ticket.attendants.map(({ userId }) => userId),
})

describe('the accounts', () => {
  const viewers = new Map<string, Viewer>()
  const seen = (name: string, clauses: (viewer: Viewer) => Clause[]) => {
    const viewer = viewers.get(`${name}@demo.test`)
    return viewer ? tickets.filter(ticket => sees(clauses(viewer), withAttendants(ticket))) : []
  }
  const statuses = (list: readonly { status: TicketStatus }[]) => [...new Set(list.map(({ status }) => status))].sort()
  const everyStatus: TicketStatus[] = ['ASIGNADO', 'CANCELADO', 'EN_PROCESO', 'FINALIZADO', 'REGISTRADO']

  beforeAll(async () => {
    for (const { id, email } of await db.prisma.user.findMany({ select: { id: true, email: true } })) {
      const viewer = await findViewer(db, id)
      if (viewer && email) viewers.set(email, viewer)
    }
  })

  test('can sign in with the password that is shown; the others cannot', async () => {
    const people = await db.prisma.user.findMany({ where: { passwordHash: { not: null } } })
    expect(people.map(({ email }) => email).sort()).toEqual(demonstrationAccounts.map(({ email }) => email).sort())
    for (const { passwordHash } of people) {
      expect(await passwordMatches(passwordHash, demonstrationPassword)).toBe(true)
    }
  })

  test('the administrador sees everything and belongs to Sistemas', async () => {
    expect(seen('administrador', supervisedBy)).toHaveLength(tickets.length)
    const sistemas = await db.prisma.area.findFirstOrThrow({ where: { name: 'Sistemas' } })
    expect(viewers.get('administrador@demo.test')?.areaIds).toEqual([sistemas.id])
  })

  test('the supervisor has two areas with tickets in every state', () => {
    const supervised = seen('supervisor', supervisedBy)
    expect(new Set(supervised.map(({ areaId }) => areaId)).size).toBe(2)
    expect(supervised.length).toBeLessThan(tickets.length)
    expect(statuses(supervised)).toEqual(everyStatus)
  })

  test.each(['agente', 'agente2'])('%s has assigned tickets, ones in process and ones of his groups', name => {
    const work = seen(name, assignedTo)
    const own = work.filter(({ assigneeId }) => assigneeId === viewers.get(`${name}@demo.test`)?.id)
    expect(count('ASIGNADO', own)).toBeGreaterThanOrEqual(2)
    expect(count('EN_PROCESO', own)).toBeGreaterThanOrEqual(3)
    expect(count('FINALIZADO', own)).toBeGreaterThanOrEqual(5)
    const waiting = work.filter(({ assigneeId, status }) => assigneeId === null && status === 'ASIGNADO')
    expect(waiting.length).toBeGreaterThanOrEqual(2)
  })

  test.each(['empleado', 'cliente'])('%s has tickets in every state', name => {
    expect(statuses(seen(name, requestedBy))).toEqual(everyStatus)
  })

  test('somebody has left: not active, with tickets that he attended', async () => {
    const left = await db.prisma.user.findMany({ where: { active: false } })
    expect(left).toHaveLength(1)
    const attended = tickets.filter(({ assigneeId }) => assigneeId === left[0]?.id)
    expect(attended.length).toBeGreaterThan(0)
    expect(viewers.has(left[0]?.email ?? '')).toBe(false)
  })
})

test('the settings say that it is a demonstration', async () => {
  expect(await db.prisma.settings.findFirst()).toMatchObject({
    demonstration: true,
    organizationName: 'Laboratorios Altavega',
  })
})

test('another load at the same moment gives the same; one that fails at its end does not call itself complete', async () => {
  const other = await createTestDatabase()
  try {
    // Nobody can leave, so that the last step but one fails.
    await other.db.pool.query('ALTER TABLE users ADD CHECK (active)')
    await expect(loadDemonstration(other.db, now)).rejects.toThrow()
    expect(await other.db.prisma.settings.findFirst()).toMatchObject({ demonstration: false })
    expect(await readTickets(other.db)).toEqual(tickets)
  } finally {
    await other.drop()
  }
}, 120_000)

/** The action that an entry was written by. */
function actionOf(kind: LogEntryKind, from: TicketStatus | null): Action {
  switch (kind) {
    case 'CREACION':
      return 'crear'
    case 'ASIGNACION':
      return from === 'REGISTRADO' ? 'asignar' : 'reasignar'
    case 'INICIO':
      return 'iniciar'
    case 'FINALIZACION':
      return 'finalizar'
    case 'CANCELACION':
      return 'cancelar'
    case 'REAPERTURA':
      return 'reabrir'
    default:
      throw new Error(`no step writes ${kind}`)
  }
}

describe('the surveys', () => {
  test('are built, asked, and answered by some', async () => {
    const { prisma } = db
    const survey = await prisma.survey.groupBy({ by: ['active'], _count: true, orderBy: { active: 'asc' } })
    expect(survey.map(({ active, _count }) => [active, _count])).toEqual([
      [false, 1],
      [true, 3],
    ])
    const answered = await prisma.surveyResponse.groupBy({ by: ['mode'], _count: true })
    expect(new Set(answered.map(({ mode }) => mode))).toEqual(new Set(['NOMINAL', 'CONFIDENCIAL', 'ANONIMA']))
    expect(answered.reduce((sum, { _count }) => sum + _count, 0)).toBeGreaterThan(40)
  })

  test.each(['empleado', 'cliente'])('wait for %s, who has answered others', async key => {
    const person = { email: `${key}@demo.test` }
    const pending = { person, status: 'ABIERTA' as const, expiresAt: { gt: now } }
    expect(await db.prisma.surveyInvitation.count({ where: pending })).toBeGreaterThan(0)
    expect(await db.prisma.surveyInvitation.count({ where: { person, status: 'CONTESTADA' } })).toBeGreaterThan(0)
  })
})
