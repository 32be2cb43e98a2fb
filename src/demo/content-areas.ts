import type { Audience, CategoryKind, Priority } from '../generated/prisma/enums.ts'

export interface AreaContent {
  name: string
  /** Who assigns, cancels and reopens, in turn. */
  supervisors: readonly string[]
  /** Who is given the tickets, in turn. */
  owners: readonly string[]
  groups: readonly { name: string; members: readonly string[] }[]
  categories: readonly CategoryContent[]
}

/** Kind, name, who may choose it, default priority, default group. */
export type CategoryContent = readonly [
  kind: CategoryKind,
  name: string,
  audience: Audience,
  priority: Priority,
  group?: string,
]

const sistemas: AreaContent = {
  name: 'Sistemas',
  supervisors: ['supervisor', 'supervisor', 'administrador'],
  owners: [
    'agente',
    'agente2',
    'jorge.alcantara',
    'agente',
    'agente2',
    'agente',
    'ximena.arguello',
    'agente2',
    'agente',
    'supervisor',
    'jorge.alcantara',
    'administrador',
  ],
  groups: [
    { name: 'Mesa de ayuda', members: ['agente', 'agente2'] },
    { name: 'Redes y telefonía', members: ['agente', 'ximena.arguello'] },
    { name: 'Aplicaciones', members: ['agente2', 'ximena.arguello', 'administrador'] },
  ],
  categories: [
    ['PROBLEMA', 'Equipo de cómputo', 'EMPLEADOS', 'MEDIA', 'Mesa de ayuda'],
    ['PROBLEMA', 'Impresoras y escáneres', 'EMPLEADOS', 'MEDIA', 'Mesa de ayuda'],
    ['PROBLEMA', 'Red e internet', 'EMPLEADOS', 'ALTA', 'Redes y telefonía'],
    ['PROBLEMA', 'Correo electrónico', 'EMPLEADOS', 'ALTA'],
    ['PROBLEMA', 'Sistema de laboratorio', 'EMPLEADOS', 'URGENTE', 'Aplicaciones'],
    ['PROBLEMA', 'Portal de resultados', 'TODOS', 'ALTA', 'Aplicaciones'],
    ['REQUERIMIENTO', 'Alta o cambio de accesos', 'EMPLEADOS', 'MEDIA', 'Mesa de ayuda'],
    ['REQUERIMIENTO', 'Instalación de programas', 'EMPLEADOS', 'BAJA'],
    ['REQUERIMIENTO', 'Equipo nuevo o préstamo', 'EMPLEADOS', 'BAJA'],
    ['REQUERIMIENTO', 'Acceso al portal de resultados', 'TODOS', 'MEDIA'],
  ],
}

const mantenimiento: AreaContent = {
  name: 'Mantenimiento',
  supervisors: ['supervisor'],
  owners: ['joaquin.becerra', 'hilda.saucedo', 'joaquin.becerra', 'hilda.saucedo', 'supervisor'],
  groups: [
    { name: 'Edificio', members: ['joaquin.becerra', 'hilda.saucedo'] },
    { name: 'Taller', members: ['hilda.saucedo'] },
  ],
  categories: [
    ['PROBLEMA', 'Electricidad e iluminación', 'EMPLEADOS', 'ALTA', 'Edificio'],
    ['PROBLEMA', 'Agua y sanitarios', 'EMPLEADOS', 'ALTA', 'Edificio'],
    ['PROBLEMA', 'Aire acondicionado', 'EMPLEADOS', 'MEDIA'],
    ['PROBLEMA', 'Puertas, cerraduras y mobiliario', 'EMPLEADOS', 'BAJA', 'Edificio'],
    ['PROBLEMA', 'Equipo de laboratorio', 'EMPLEADOS', 'URGENTE', 'Taller'],
    ['REQUERIMIENTO', 'Cambio de lugar o adecuación', 'EMPLEADOS', 'BAJA'],
    ['REQUERIMIENTO', 'Mantenimiento programado', 'EMPLEADOS', 'MEDIA'],
  ],
}

const recursosHumanos: AreaContent = {
  name: 'Recursos Humanos',
  supervisors: ['inigo.santamaria'],
  owners: ['nuria.castaneda', 'tomas.lozano', 'nuria.castaneda'],
  groups: [{ name: 'Atención al personal', members: ['nuria.castaneda', 'tomas.lozano'] }],
  categories: [
    ['PROBLEMA', 'Recibo de pago', 'EMPLEADOS', 'ALTA'],
    ['PROBLEMA', 'Registro de asistencia', 'EMPLEADOS', 'MEDIA', 'Atención al personal'],
    ['REQUERIMIENTO', 'Vacaciones y permisos', 'EMPLEADOS', 'MEDIA', 'Atención al personal'],
    ['REQUERIMIENTO', 'Constancias y cartas', 'EMPLEADOS', 'BAJA'],
    ['REQUERIMIENTO', 'Capacitación', 'EMPLEADOS', 'BAJA'],
  ],
}

const compras: AreaContent = {
  name: 'Compras',
  supervisors: ['graciela.munoz'],
  owners: ['tomas.lozano', 'tomas.lozano', 'graciela.munoz'],
  groups: [{ name: 'Proveedores', members: ['tomas.lozano', 'graciela.munoz'] }],
  categories: [
    ['PROBLEMA', 'Pedido incompleto o equivocado', 'EMPLEADOS', 'ALTA', 'Proveedores'],
    ['PROBLEMA', 'Pedido atrasado', 'EMPLEADOS', 'MEDIA'],
    ['REQUERIMIENTO', 'Compra de materiales', 'EMPLEADOS', 'MEDIA'],
    ['REQUERIMIENTO', 'Cotización', 'EMPLEADOS', 'BAJA'],
    ['REQUERIMIENTO', 'Alta de proveedor', 'EMPLEADOS', 'BAJA', 'Proveedores'],
  ],
}

const servicioAlCliente: AreaContent = {
  name: 'Servicio al Cliente',
  supervisors: ['teresa.villasenor', 'graciela.munoz'],
  owners: ['elena.barrientos', 'ivan.marroquin', 'elena.barrientos', 'ivan.marroquin', 'teresa.villasenor'],
  groups: [
    { name: 'Recolección', members: ['ivan.marroquin'] },
    { name: 'Facturación', members: ['elena.barrientos', 'ivan.marroquin'] },
  ],
  categories: [
    ['PROBLEMA', 'Resultado atrasado', 'TODOS', 'URGENTE'],
    ['PROBLEMA', 'Factura con error', 'TODOS', 'ALTA', 'Facturación'],
    ['PROBLEMA', 'Muestra rechazada o dañada', 'TODOS', 'ALTA', 'Recolección'],
    ['REQUERIMIENTO', 'Recolección de muestras', 'TODOS', 'MEDIA', 'Recolección'],
    ['REQUERIMIENTO', 'Copia de resultados o facturas', 'TODOS', 'BAJA', 'Facturación'],
    ['REQUERIMIENTO', 'Nuevo estudio o cotización', 'TODOS', 'MEDIA'],
  ],
}

export const areas: readonly AreaContent[] = [sistemas, mantenimiento, recursosHumanos, compras, servicioAlCliente]
