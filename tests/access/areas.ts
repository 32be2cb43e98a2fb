import type { RowsOf } from './row.ts'

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const areaRows: RowsOf = ({ cast, db }) => {
  let made = 0
  const area = async (active = true) => {
    const { id } = await db.prisma.area.create({ data: { name: `Área ${++made}`, active } })
    return { parameters: { id } }
  }
  const named = async () => ({ parameters: {}, form: { nombre: `Área ${++made}` } })
  const changed = async (active = true) => ({ ...(await area(active)), form: { version: 1 } })
  const member = async () => {
    const { parameters } = await area()
    await db.prisma.areaMember.create({ data: { areaId: parameters.id, userId: cast.ids.pedro } })
    return { parameters: { ...parameters, userId: cast.ids.pedro } }
  }
  return {
    'get /administracion/areas': { answers: ' in 403  403  403  403  403  403  200  in' },
    'get /administracion/areas/nueva': { answers: 'in 403 403 403 403 403 403 200  in' },
    'post /administracion/areas': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: named,
    },
    'get /administracion/areas/:id': { answers: 'in 403 403 403 403 403 403 200 in', given: area },
    'post /administracion/areas/:id': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: async () => {
        const { parameters, form } = await changed()
        return { parameters, form: { ...form, nombre: `Área ${++made}` } }
      },
    },
    'post /administracion/areas/:id/archivo': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: changed,
    },
    'post /administracion/areas/:id/restauracion': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      given: () => changed(false),
    },
    'get /administracion/areas/:id/personas': { answers: 'in 403 403 403 403 403 403 200 in', given: area },
    'post /administracion/areas/:id/personas': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      form: { personas: cast.ids.pedro },
      given: area,
    },
    'get /administracion/areas/:id/personas/:userId': {
      answers: '                             in  403  403  403  403  403  403  200  in',
      given: member,
    },
    'post /administracion/areas/:id/personas/:userId/retiro': {
      answers: '                             in  403  403  403  403  403  403  303  in',
      form: {},
      given: member,
    },
  }
}
