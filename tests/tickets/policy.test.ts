import { describe, expect, it } from 'vitest'
import { TicketStatus } from '../../src/generated/prisma/enums.ts'
import { effectivePermissions, type Override } from '../../src/permissions/catalog.ts'
import { actionsFor } from '../../src/tickets/actions-offered.ts'
import { can, type TicketFacts, type Verb, verbs } from '../../src/tickets/policy.ts'
import type { Viewer } from '../../src/web/access.ts'

const AREA = 1
const GROUP = 1

function person(role: Viewer['role'], given: Partial<Viewer> = {}, overrides: Override[] = []): Viewer {
  const kind = role === 'USUARIO' ? ('CLIENTE' as const) : null
  const permissions = effectivePermissions(role, overrides)
  return { id: 1, name: '', email: '', role, kind, areaIds: [], groupIds: [], locale: null, permissions, ...given }
}

const grant = (permission: string): Override => ({ permission, effect: 'CONCEDER' })
const deny = (permission: string): Override => ({ permission, effect: 'DENEGAR' })

// Everyone has id 1; the ticket below says what he is to it.
const people = {
  administrador: person('ADMINISTRADOR'),
  supervisor: person('SUPERVISOR', { areaIds: [AREA] }),
  'supervisor de otra área': person('SUPERVISOR', { areaIds: [AREA + 1] }),
  'supervisor sin ver_area': person('SUPERVISOR', { areaIds: [AREA] }, [deny('tickets.ver_area')]),
  responsable: person('AGENTE', { areaIds: [AREA] }),
  'responsable que puede cancelar': person('AGENTE', { areaIds: [AREA] }, [grant('tickets.cancelar')]),
  'responsable sin permisos': person('AGENTE', { areaIds: [AREA] }, [
    deny('tickets.iniciar'),
    deny('tickets.finalizar'),
    deny('tickets.comentar'),
    deny('tickets.incidencias'),
  ]),
  miembro: person('AGENTE', { areaIds: [AREA], groupIds: [GROUP] }),
  'agente del área': person('AGENTE', { areaIds: [AREA] }),
  solicitante: person('USUARIO'),
  'otro usuario': person('USUARIO'),
}

type Name = keyof typeof people

function ticketFor(name: Name, status: TicketStatus): TicketFacts {
  const open = status !== 'REGISTRADO'
  return {
    number: 1,
    status,
    areaId: AREA,
    requesterId: name === 'solicitante' ? 1 : 9,
    creatorId: 9,
    assigneeId: !open || name === 'miembro' ? null : name.startsWith('responsable') ? 1 : 8,
    assigneeGroupId: open ? GROUP : null,
    untouched: status === 'REGISTRADO',
    withinReopening: true,
    confirmed: false,
    areaArchived: false,
    impeded: false,
  }
}

const STATES = Object.values(TicketStatus)

// For each kind of person, what is possible in each state: a(signar) r(easignar) i(niciar) c(ancelar) f(inalizar)
// o (reabrir) w(comentar) n(anotar) k (reclasificar) b (confirmar: todo bien) p (reportar una incidencia).
// Columns: Registrado, Asignado, En Proceso, Finalizado, Cancelado.
const expected: Record<Name, [string, string, string, string, string]> = {
  administrador: ['acwnk', 'rcfwnkp', 'rcfwnkp', 'own', ''],
  supervisor: ['acwnk', 'rcfwnkp', 'rcfwnkp', 'own', ''],
  'supervisor de otra área': ['', '', '', '', ''],
  'supervisor sin ver_area': ['', '', '', '', ''],
  responsable: ['', 'ifwnp', 'fwnp', 'wn', ''],
  'responsable que puede cancelar': ['', 'icfwnp', 'cfwnp', 'wn', ''],
  'responsable sin permisos': ['', '', '', '', ''],
  miembro: ['', 'iwnp', 'wnp', 'wn', ''],
  'agente del área': ['', '', '', '', ''],
  solicitante: ['cw', 'w', 'w', 'owb', ''],
  'otro usuario': ['', '', '', '', ''],
}
const LETTERS: Record<Verb, string> = {
  asignar: 'a',
  reasignar: 'r',
  iniciar: 'i',
  cancelar: 'c',
  finalizar: 'f',
  reabrir: 'o',
  comentar: 'w',
  anotar: 'n',
  reclasificar: 'k',
  confirmar: 'b',
  reportar: 'p',
  despejar: 'd',
}

describe('what each kind of person may do in each state', () => {
  it.each(Object.keys(people) as Name[])('%s', name => {
    const possible = STATES.map(status =>
      verbs
        .filter(verb => can(people[name], verb, ticketFor(name, status)).allowed)
        .map(verb => LETTERS[verb])
        .sort()
        .join(''),
    )
    const wanted = expected[name].map(letters => [...letters].sort().join(''))
    expect(possible).toEqual(wanted)
  })

  it('says in Spanish why not, for every refusal', () => {
    for (const name of Object.keys(people) as Name[]) {
      for (const status of STATES) {
        for (const verb of verbs) {
          const verdict = can(people[name], verb, ticketFor(name, status))
          if (!verdict.allowed) expect(verdict.reason, `${name} ${verb} ${status}`).toMatch(/^[A-ZÁÉÍÓÚ].+\.$/)
        }
      }
    }
  })
})

describe('an impediment', () => {
  it('is ended by those who may report one, and only one at a time is open', () => {
    for (const name of Object.keys(people) as Name[]) {
      for (const status of STATES) {
        const ticket = ticketFor(name, status)
        const mayReport = can(people[name], 'reportar', ticket).allowed
        expect(can(people[name], 'despejar', { ...ticket, impeded: true }).allowed, `${name} ${status}`).toBe(mayReport)
        expect(can(people[name], 'reportar', { ...ticket, impeded: true }).allowed, `${name} ${status}`).toBe(false)
      }
    }
  })
})

describe('the likely next step', () => {
  it('is never an impediment, even where nothing else is possible', () => {
    const viewer = person('AGENTE', { areaIds: [AREA] }, [deny('tickets.iniciar'), deny('tickets.finalizar')])
    for (const impeded of [false, true]) {
      const offered = actionsFor(viewer, { ...ticketFor('responsable', 'ASIGNADO'), impeded, version: 2 })
      expect(offered).toMatchObject([{ action: impeded ? 'despejar' : 'reportar', primary: false }])
    }
  })
})

describe('the requester', () => {
  it('cannot cancel once somebody has written', () => {
    const ticket = { ...ticketFor('solicitante', 'REGISTRADO'), untouched: false }
    expect(can(people.solicitante, 'cancelar', ticket).allowed).toBe(false)
  })

  it('cannot reopen after the days of the settings', () => {
    const ticket = { ...ticketFor('solicitante', 'FINALIZADO'), withinReopening: false }
    expect(can(people.solicitante, 'reabrir', ticket).allowed).toBe(false)
  })

  it('of the staff of another area is not told that those who asked may write', () => {
    const viewer = people['supervisor de otra área']
    const own = { ...ticketFor('supervisor de otra área', 'EN_PROCESO'), requesterId: viewer.id }
    expect(can(viewer, 'comentar', own)).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(/^Usted lo solicitó y puede leerlo/),
    })
    expect(can(viewer, 'comentar', { ...own, requesterId: 9 })).toMatchObject({
      reason: expect.stringMatching(/y quien lo solicitó\.$/),
    })
  })
})
