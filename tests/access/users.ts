import { randomUUID } from 'node:crypto'
import { getAccount, seenOf } from '../../src/users/accounts.ts'
import { clientes, type Population, usuarios } from '../../src/users/populations.ts'
import type { TestApplication } from '../support/application.ts'
import type { Row, RowsOf } from './row.ts'

const unused = () => `${randomUUID()}@ejemplo.test`

/** Somebody of a list, and the state that a form about him names. */
async function newPerson({ db }: TestApplication, population: Population, active = true) {
  const clients = { role: 'USUARIO', kind: 'CLIENTE' } as const
  const { id } = await db.prisma.user.create({
    data: {
      name: 'Rosa',
      email: unused(),
      active,
      ...(population === clientes ? clients : { role: 'AGENTE' as const }),
    },
  })
  return { id, seen: seenOf(await getAccount(db.prisma, population, id)) }
}

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const userRows: RowsOf = application => {
  const { db } = application
  const rowsOf = (population: Population): Record<string, Row> => {
    const { list, newPerson: blank, person, deactivation, reactivation, invitation } = population.paths
    const rol = population === clientes ? 'CLIENTE' : 'AGENTE'
    const page = async () => ({ parameters: { id: (await newPerson(application, population)).id } })
    const form = async () => {
      const { id, seen } = await newPerson(application, population)
      return { parameters: { id }, form: { visto: seen } }
    }
    const inactive = async () => ({ parameters: { id: (await newPerson(application, population, false)).id } })
    const reads = 'in 403 403 403 403 403 403 200 in'
    const writes = 'in 403 403 403 403 403 403 303 in'
    const fresh = async () => ({ parameters: {}, form: { correo: unused() } })
    return {
      [`get ${list}`]: { answers: reads },
      [`post ${list}`]: { answers: writes, form: { nombre: 'Rosa', correo: 'rosa@ejemplo.test', rol }, given: fresh },
      [`get ${blank}`]: { answers: reads },
      [`get ${person(':id')}`]: { answers: reads, given: page },
      [`post ${person(':id')}`]: {
        answers: writes,
        form: { nombre: 'Rosa Díaz', correo: 'rosa.diaz@ejemplo.test', rol },
        given: async () => {
          const { parameters, form: fields } = await form()
          return { parameters, form: { ...fields, correo: unused() } }
        },
      },
      [`get ${deactivation(':id')}`]: { answers: reads, given: page },
      [`post ${deactivation(':id')}`]: { answers: writes, form: {}, given: form },
      [`post ${reactivation(':id')}`]: { answers: writes, form: {}, given: inactive },
      [`post ${invitation(':id')}`]: { answers: writes, form: {}, given: page },
    }
  }
  const organization = async () => {
    const { id } = await db.prisma.organization.create({ data: { name: randomUUID() } })
    return { parameters: { id }, form: { nombre: randomUUID() } }
  }
  const unusedOrganization = async () => ({ parameters: (await organization()).parameters })
  const organizationForm = async () => ({ parameters: {}, form: { nombre: randomUUID() } })
  const list = '/administracion/organizaciones'
  return {
    ...rowsOf(usuarios),
    ...rowsOf(clientes),
    [`get ${list}`]: { answers: '              in  403  403  403  403  403  403  200  in' },
    [`post ${list}`]: { answers: '             in  403  403  403  403  403  403  303  in', given: organizationForm },
    [`get ${list}/nueva`]: { answers: '        in  403  403  403  403  403  403  200  in' },
    [`get ${list}/:id`]: { answers: '          in  403  403  403  403  403  403  200  in', given: unusedOrganization },
    [`post ${list}/:id`]: { answers: '         in  403  403  403  403  403  403  303  in', given: organization },
    [`post ${list}/:id/eliminacion`]: { answers: 'in 403 403 403 403 403 403 303 in', given: unusedOrganization },
  }
}
