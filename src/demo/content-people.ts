import type { Role, UserKind } from '../generated/prisma/enums.ts'

export interface Person {
  /** What stands before @demo.test in the address. */
  key: string
  name: string
  role: Role
  kind?: UserKind
  areas?: readonly string[]
  organization?: string
  /** Has left: attended tickets long ago, and is not active any more. */
  left?: true
}

export const organizationName = 'Laboratorios Altavega'

/** The organisations that clients belong to. */
export const organizations = [
  'Hotel Costa Serena',
  'Clínica Los Arrayanes',
  'Alimentos Trigal',
  'Embotelladora Manantial',
] as const

const [costaSerena, losArrayanes, trigal, manantial] = organizations

const employees: Person[] = [
  { key: 'administrador', name: 'Beatriz Ordóñez Salgado', role: 'ADMINISTRADOR', areas: ['Sistemas'] },
  { key: 'supervisor', name: 'Fernando Ibáñez Quiroga', role: 'SUPERVISOR', areas: ['Sistemas', 'Mantenimiento'] },
  { key: 'inigo.santamaria', name: 'Íñigo Santamaría Bello', role: 'SUPERVISOR', areas: ['Recursos Humanos'] },
  {
    key: 'graciela.munoz',
    name: 'Graciela Muñoz Cárdenas',
    role: 'SUPERVISOR',
    areas: ['Compras', 'Servicio al Cliente'],
  },
  { key: 'teresa.villasenor', name: 'Teresa Villaseñor Prado', role: 'SUPERVISOR', areas: ['Servicio al Cliente'] },
  { key: 'agente', name: 'Lucía Peña Robledo', role: 'AGENTE', areas: ['Sistemas'] },
  { key: 'agente2', name: 'Martín Echeverría Núñez', role: 'AGENTE', areas: ['Sistemas'] },
  { key: 'ximena.arguello', name: 'Ximena Argüello Tapia', role: 'AGENTE', areas: ['Sistemas'] },
  { key: 'jorge.alcantara', name: 'Jorge Alcántara Peñalver', role: 'AGENTE', areas: ['Sistemas'], left: true },
  { key: 'joaquin.becerra', name: 'Joaquín Becerra Montaño', role: 'AGENTE', areas: ['Mantenimiento'] },
  { key: 'hilda.saucedo', name: 'Hilda Saucedo Arce', role: 'AGENTE', areas: ['Mantenimiento'] },
  { key: 'nuria.castaneda', name: 'Nuria Castañeda Vidal', role: 'AGENTE', areas: ['Recursos Humanos'] },
  { key: 'tomas.lozano', name: 'Tomás Lozano Cuéllar', role: 'AGENTE', areas: ['Compras', 'Recursos Humanos'] },
  { key: 'elena.barrientos', name: 'Elena Barrientos Gil', role: 'AGENTE', areas: ['Servicio al Cliente'] },
  { key: 'ivan.marroquin', name: 'Iván Marroquín Sáenz', role: 'AGENTE', areas: ['Servicio al Cliente'] },
]

const users: Person[] = [
  { key: 'empleado', name: 'Sofía Güemes Larrañaga', role: 'USUARIO', kind: 'EMPLEADO' },
  { key: 'mauricio.lerma', name: 'Mauricio Lerma Estévez', role: 'USUARIO', kind: 'EMPLEADO' },
  { key: 'rosario.benitez', name: 'Rosario Benítez Oñate', role: 'USUARIO', kind: 'EMPLEADO' },
  { key: 'alvaro.trejo', name: 'Álvaro Trejo Maldonado', role: 'USUARIO', kind: 'EMPLEADO' },
  { key: 'camila.figueroa', name: 'Camila Figueroa Nájera', role: 'USUARIO', kind: 'EMPLEADO' },
  { key: 'ines.urrutia', name: 'Inés Urrutia Bañuelos', role: 'USUARIO', kind: 'EMPLEADO' },
  { key: 'cliente', name: 'Ramón Cifuentes Ávila', role: 'USUARIO', kind: 'CLIENTE', organization: costaSerena },
  {
    key: 'daniela.requena',
    name: 'Daniela Requena Ponce',
    role: 'USUARIO',
    kind: 'CLIENTE',
    organization: losArrayanes,
  },
  { key: 'wilfredo.haro', name: 'Wilfredo Haro Quintana', role: 'USUARIO', kind: 'CLIENTE', organization: trigal },
  {
    key: 'maria.fernandez',
    name: 'María de los Ángeles Guadalupe Fernández de Córdoba y Montes de Oca Etcheverry',
    role: 'USUARIO',
    kind: 'CLIENTE',
    organization: manantial,
  },
  { key: 'patricio.olmedo', name: 'Patricio Olmedo Cuéllar', role: 'USUARIO', kind: 'CLIENTE' },
]

export const people: readonly Person[] = [...employees, ...users]

/** Who reports, in turn: the demonstration's own accounts more often, so that they have something to see. */
export const requesters: Readonly<Record<UserKind, readonly string[]>> = {
  EMPLEADO: [
    'empleado',
    'mauricio.lerma',
    'rosario.benitez',
    'alvaro.trejo',
    'empleado',
    'camila.figueroa',
    'ines.urrutia',
    'inigo.santamaria',
    'mauricio.lerma',
    'empleado',
    'rosario.benitez',
    'graciela.munoz',
    'camila.figueroa',
  ],
  CLIENTE: ['cliente', 'daniela.requena', 'wilfredo.haro', 'cliente', 'maria.fernandez', 'patricio.olmedo'],
}
