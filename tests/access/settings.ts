import { OWN_ACCENT, stylesheetOf } from '../../src/settings/accent.ts'
import { readSettings } from '../../src/settings/queries.ts'
import { adjustable, type SectionName, versionOf } from '../../src/settings/sections.ts'
import type { RowsOf } from './row.ts'

//                                                    anón cli  emp  age  age2 sup  sup2 adm  desact
export const settingsRows: RowsOf = ({ db }) => {
  let turn = 0
  /** What every cell changes is something else than what was there. */
  const change = (section: SectionName, form: (turn: number) => Record<string, string | number>) => async () => {
    turn++
    const version = versionOf(section, adjustable(await readSettings(db)))
    return { parameters: {}, form: { version, ...form(turn) } }
  }
  const logo = async () => {
    const hash = 'a'.repeat(64)
    const picture = { hash, bytes: new Uint8Array([1]), width: 1, height: 1 }
    await db.prisma.logo.upsert({ where: { hash }, create: picture, update: {} })
    await db.prisma.settings.update({ where: { id: 1 }, data: { logoHash: hash } })
    return { parameters: { hash } }
  }
  return {
    'get /administracion/ajustes': { answers: '       in  403  403  403  403  403  403  200  in' },
    'post /administracion/ajustes/organizacion': {
      answers: '                                      in  403  403  403  403  403  403  303  in',
      form: {},
      given: change('organizacion', turn => ({
        nombre: `Nombre ${turn}`,
        texto_logo: '',
        color: OWN_ACCENT,
        zona: '',
        formato: 'es',
      })),
    },
    'post /administracion/ajustes/tickets': {
      answers: '                                      in  403  403  403  403  403  403  303  in',
      form: {},
      given: change('tickets', turn => ({ dias: 10 + turn })),
    },
    'post /administracion/ajustes/adjuntos': {
      answers: '                                      in  403  403  403  403  403  403  303  in',
      form: {},
      given: change('adjuntos', turn => ({ tamano: 10 + turn, cantidad: 5, tipo_png: 'si' })),
    },
    'post /administracion/ajustes/encuestas': {
      answers: '                                      in  403  403  403  403  403  403  303  in',
      form: {},
      given: change('encuestas', turn => ({ dias: 10 + turn })),
    },
    'post /administracion/ajustes/ingreso': {
      answers: '                                      in  403  403  403  403  403  403  303  in',
      form: {},
      given: change('ingreso', turn => ({ bienvenida: `Hola ${turn}`, ayuda: '' })),
    },
    'get /primeros-pasos': { answers: '               in  403  403  403  403  403  403  200  in' },
    'get /primeros-pasos/organizacion': { answers: '  in  403  403  403  403  403  403  200  in' },
    'post /primeros-pasos/organizacion': {
      answers: '                                      in  403  403  403  403  403  403  303  in',
      form: {},
      given: change('organizacion', turn => ({
        nombre: `Otro nombre ${turn}`,
        texto_logo: '',
        color: OWN_ACCENT,
        zona: 'America/Mexico_City',
        formato: 'es',
      })),
    },
    'get /primeros-pasos/area': { answers: '          in  403  403  403  403  403  403  200  in' },
    'post /primeros-pasos/area': {
      answers: '                                      in  403  403  403  403  403  403  303  in',
      form: {},
      given: async () => {
        turn++
        return {
          parameters: {},
          form: { nombre: `Primera área ${turn}`, problemas: 'Gotera\nSin luz', requerimientos: '' },
        }
      },
    },
    'post /primeros-pasos/descarte': {
      answers: '                                      in  403  403  403  403  403  403  303  in',
      form: {},
      given: async () => {
        await db.prisma.settings.update({ where: { id: 1 }, data: { firstStepsDismissedAt: null } })
        return { parameters: {} }
      },
    },
    'get /organizacion/:hash.css': {
      answers: '                                      200 200  200  200  200  200  200  200  200',
      given: async () => ({ parameters: { hash: stylesheetOf(OWN_ACCENT).hash } }),
    },
    'get /organizacion/:hash.webp': {
      answers: '                                      200 200  200  200  200  200  200  200  200',
      given: logo,
    },
  }
}
