import { beforeAll, describe, expect, it } from 'vitest'
import { MOST_CHOICES } from '../../src/tickets/filter-options.ts'
import { useApplication } from '../support/application.ts'

// What the filters of Tickets offer does not grow with the organisation.

const { as, cast, db } = await useApplication()
const { sistemas, mantenimiento } = cast.areas
const HINT = 'Elija antes un área'

async function options(query = ''): Promise<Record<'categoria' | 'responsable', string>> {
  const { body } = await (await as('ana')).get(`/tickets${query}`)
  const of = (name: string) =>
    new RegExp(`<select class="form-select" id="filtro-${name}"[\\s\\S]*?</select>`).exec(body)?.[0] ?? ''
  return { categoria: of('categoria'), responsable: of('responsable') }
}
const choices = (select: string) => [...select.matchAll(/<option value="[^"]+"/g)].length

async function addCategories(count: number) {
  const data = Array.from({ length: count }, (_, index) => ({
    areaId: mantenimiento,
    kind: 'PROBLEMA' as const,
    name: `Problema ${index}`,
  }))
  await db.prisma.category.createMany({ data })
}

describe('the filters offer', () => {
  it('all categories and people while there are few', async () => {
    const { categoria, responsable } = await options()
    expect(choices(categoria)).toBe(await db.prisma.category.count())
    expect(categoria + responsable).not.toContain(HINT)
  })

  describe('where there are many', () => {
    beforeAll(async () => {
      await addCategories(MOST_CHOICES)
      const people = Array.from({ length: MOST_CHOICES + 1 }, (_, index) => ({
        name: `Persona ${index}`,
        email: `persona${index}@ejemplo.test`,
        role: 'AGENTE' as const,
        passwordHash: 'x',
      }))
      await db.prisma.user.createMany({ data: people })
      const ids = await db.prisma.user.findMany({ where: { name: { startsWith: 'Persona ' } }, select: { id: true } })
      await db.prisma.areaMember.createMany({ data: ids.map(({ id }) => ({ userId: id, areaId: mantenimiento })) })
    })

    it('those of an area once it is chosen, and say so until then', async () => {
      const all = await options()
      expect([choices(all.categoria), all.categoria.includes(HINT)]).toEqual([1, true])
      expect(all.responsable).toContain('Sin responsable')
      expect(all.responsable).toContain(HINT)
      expect(all.responsable).not.toContain('Persona 1<')
      const near = await options(`?area=${sistemas}`)
      expect(near.categoria).not.toContain(HINT)
      expect(near.categoria).toContain(`value="${cast.categories.red}"`)
      expect(near.responsable).toContain(`value="persona:${cast.ids.luis}"`)
    })

    it('what is chosen already in any case', async () => {
      const { categoria, responsable } = await options(
        `?categoria=${cast.categories.red}&responsable=persona:${cast.ids.luis}`,
      )
      expect(categoria).toMatch(new RegExp(`<option value="${cast.categories.red}" selected>`))
      expect(responsable).toMatch(new RegExp(`<option value="persona:${cast.ids.luis}" selected>`))
      const elsewhere = await options(`?area=${mantenimiento}&categoria=${cast.categories.red}`)
      expect(elsewhere.categoria).toContain(`value="${cast.categories.red}" selected`)
    })
  })
})
