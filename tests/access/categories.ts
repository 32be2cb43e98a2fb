import type { CategoryKind } from '../../src/generated/prisma/enums.ts'
import type { TestApplication } from '../support/application.ts'
import type { Row, RowsOf } from './row.ts'

/** Problems and requirements have the same rows. */
export const categoryRows: RowsOf = application => ({
  ...rowsOf(application, 'PROBLEMA', '/administracion/problemas'),
  ...rowsOf(application, 'REQUERIMIENTO', '/administracion/requerimientos'),
})

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
function rowsOf({ cast, db }: TestApplication, kind: CategoryKind, path: string): Record<string, Row> {
  const form = { area: cast.areas.sistemas, prioridad: 'BAJA', visible: 'TODOS' }
  let made = 0
  const category =
    (active = true) =>
    async () => {
      const data = { name: `Categoría ${++made}`, kind, active, areaId: cast.areas.sistemas }
      const { id } = await db.prisma.category.create({ data })
      return { parameters: { id }, form: { version: 1 } }
    }
  const page = async () => ({ parameters: { id: (await category()()).parameters.id } })
  return {
    [`get ${path}`]: { answers: '            in  403  403  403  403  403  403  200  in' },
    [`get ${path}/nuevo`]: { answers: '      in  403  403  403  403  403  403  200  in' },
    [`post ${path}`]: {
      answers: '                             in  403  403  403  403  403  403  303  in',
      form,
      given: async () => ({ parameters: {}, form: { nombre: `Categoría ${++made}` } }),
    },
    [`get ${path}/:id`]: { answers: '        in  403  403  403  403  403  403  200  in', given: page },
    [`post ${path}/:id`]: {
      answers: '                             in  403  403  403  403  403  403  303  in',
      form,
      given: async () => {
        const { parameters, form } = await category()()
        return { parameters, form: { ...form, nombre: `Categoría ${++made}` } }
      },
    },
    [`post ${path}/:id/archivo`]: {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: category(),
    },
    [`post ${path}/:id/restauracion`]: {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: category(false),
    },
    [`post ${path}/:id/eliminacion`]: {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: category(),
    },
  }
}
