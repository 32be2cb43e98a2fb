import { hashPassword } from '../../src/auth/password.ts'
import type { Prisma } from '../../src/generated/prisma/client.ts'
import type { Database } from '../../src/platform/db.ts'

/** Everybody's password. */
export const PASSWORD = 'una clave bastante larga'

// Who is who, once for all tests: two areas, everyone of one of them has a counterpart in the other.
const people = {
  ana: { name: 'Ana Ruiz', role: 'ADMINISTRADOR' },
  sara: { name: 'Sara Peña', role: 'SUPERVISOR' },
  marta: { name: 'Marta Núñez', role: 'SUPERVISOR' },
  luis: { name: 'Luis Ibáñez', role: 'AGENTE' },
  pedro: { name: 'Pedro Gómez', role: 'AGENTE' },
  mario: { name: 'Mario Ortega', role: 'AGENTE' },
  clara: { name: 'Clara Solís', role: 'USUARIO', kind: 'CLIENTE' },
  carlos: { name: 'Carlos Vega', role: 'USUARIO', kind: 'CLIENTE' },
  elena: { name: 'Elena Prado', role: 'USUARIO', kind: 'EMPLEADO' },
  dario: { name: 'Darío Luna', role: 'AGENTE', active: false },
} satisfies Record<string, Omit<Prisma.UserCreateInput, 'email'>>

export type Person = keyof typeof people

const memberships = {
  sistemas: ['ana', 'sara', 'luis', 'pedro', 'dario'],
  mantenimiento: ['marta', 'mario'],
} satisfies Record<string, Person[]>

export type AreaName = keyof typeof memberships

export interface Cast {
  ids: Record<Person, number>
  areas: Record<AreaName, number>
  /** `red` and `equipo` (employees only) belong to Sistemas, `techo` to Mantenimiento. */
  categories: Record<'red' | 'equipo' | 'techo', number>
  /** `redes` belongs to Sistemas (Luis, Pedro), `obras` to Mantenimiento (Mario). */
  groups: Record<'redes' | 'obras', number>
}

export const emailOf = (person: Person) => `${person}@ejemplo.test`

/** Fills an empty migrated database with the cast. */
export async function createCast({ prisma }: Pick<Database, 'prisma'>): Promise<Cast> {
  const passwordHash = await hashPassword(PASSWORD)
  const names = Object.keys(people) as Person[]
  const users = await prisma.user.createManyAndReturn({
    data: names.map(name => ({ ...people[name], email: emailOf(name), passwordHash })),
  })
  const ids = Object.fromEntries(names.map((name, index) => [name, users[index]?.id])) as Cast['ids']
  const area = async (name: string, members: Person[]) => {
    const created = await prisma.area.create({ data: { name } })
    await prisma.areaMember.createMany({ data: members.map(member => ({ areaId: created.id, userId: ids[member] })) })
    return created.id
  }
  const areas = {
    sistemas: await area('Sistemas', memberships.sistemas),
    mantenimiento: await area('Mantenimiento', memberships.mantenimiento),
  }
  const group = async (name: string, areaId: number, members: Person[]) => {
    const created = await prisma.group.create({ data: { name, areaId } })
    await prisma.groupMember.createMany({
      data: members.map(member => ({ groupId: created.id, areaId, userId: ids[member] })),
    })
    return created.id
  }
  const category = async (data: Prisma.CategoryUncheckedCreateInput) => (await prisma.category.create({ data })).id
  return {
    ids,
    areas,
    groups: {
      redes: await group('Redes', areas.sistemas, ['luis', 'pedro']),
      obras: await group('Obras', areas.mantenimiento, ['mario']),
    },
    categories: {
      red: await category({ name: 'Sin red', kind: 'PROBLEMA', areaId: areas.sistemas, defaultPriority: 'ALTA' }),
      equipo: await category({
        name: 'Equipo nuevo',
        kind: 'REQUERIMIENTO',
        areaId: areas.sistemas,
        audience: 'EMPLEADOS',
      }),
      techo: await category({ name: 'Gotera', kind: 'PROBLEMA', areaId: areas.mantenimiento }),
    },
  }
}
