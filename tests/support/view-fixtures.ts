import type { OwnerModel, TicketRow } from '../../src/tickets/models.ts'
import type { Board } from '../../src/tickets/pages/board.ts'
import type { TicketShow } from '../../src/tickets/pages/detail.ts'
import type { ImpedimentFormModel } from '../../src/tickets/pages/impediments.ts'
import type { TicketList } from '../../src/tickets/pages/list.ts'
import type { NewTicketModel } from '../../src/tickets/pages/new-ticket.ts'
import type { StepFormModel } from '../../src/tickets/pages/steps.ts'
import type { TimelineEntry } from '../../src/tickets/timeline.ts'
import type { ErrorModel, SignInModel } from '../../src/web/page.ts'
import { accountFixtures } from './fixtures/account.ts'
import { areaFixtures } from './fixtures/areas.ts'
import { auditFixtures } from './fixtures/audit.ts'
import { HOSTILE, type Model, moment, type ViewFixtures } from './fixtures/common.ts'
import { listingFixtures } from './fixtures/listing.ts'
import { mailFixtures } from './fixtures/mail.ts'
import { permissionFixtures } from './fixtures/permissions.ts'
import { settingsFixtures } from './fixtures/settings.ts'
import { surveyResultFixtures } from './fixtures/survey-results.ts'
import { surveyFixtures } from './fixtures/surveys.ts'
import { userFixtures } from './fixtures/users.ts'

// The fixtures of a slice lie in a file of its own in fixtures/, and are spread into the registry at the end.

const person: OwnerModel = { name: `Ana ${HOSTILE}`, initials: 'AR', isGroup: false, group: `Redes ${HOSTILE}` }
const group: OwnerModel = { name: 'Redes', initials: 'R', isGroup: true, group: null }

const error: Model<'errors/error'> = {
  title: 'Esto cambió',
  status: 409,
  heading: 'Esto cambió mientras usted trabajaba',
  explanation: 'El ticket cambió después de que usted abrió el formulario.',
  advice: 'Intente de nuevo.',
  actions: [{ label: 'Ver cómo está ahora', href: '/tickets/7' }],
  requestId: '7f',
  typed: [{ label: 'Nota', value: HOSTILE }],
  changes: [`Ana Ruiz asignó el ticket a ${HOSTILE}`],
}
const bareError: ErrorModel = { status: 404, heading: 'No encontramos esta página', explanation: 'No.', actions: [] }

const signIn: Model<'auth/sign-in'> = {
  title: 'Ingresar',
  action: '/ingresar',
  values: { correo: HOSTILE },
  volver: '/tickets',
  error: 'El correo o la contraseña no son correctos.',
  errors: [{ field: 'clave', message: 'Escriba su contraseña.' }],
  forgottenHref: '/clave-olvidada',
  signUpHref: '/registro',
  demonstration: { password: 'Demostracion-1', accounts: [{ email: 'agente@demo.test', roleLabel: 'Agente' }] },
  welcome: `Bienvenido\n${HOSTILE}`,
  help: HOSTILE,
}
const firstSignIn: SignInModel = {
  action: '/ingresar',
  values: { correo: '' },
  volver: '/',
  errors: [],
  forgottenHref: '/clave-olvidada',
  signUpHref: null,
  demonstration: null,
  welcome: '',
  help: '',
}

const notice = { icon: 'clipboard-list', text: HOSTILE, action: { label: 'Contestar', href: '/encuestas/1' } }

const actions: TicketRow['actions'] = [
  { action: 'iniciar', label: 'Iniciar', icon: 'player-play', href: '/i', method: 'post', version: 3, primary: true },
  {
    action: 'finalizar',
    label: 'Finalizar',
    icon: 'circle-check',
    href: '/f',
    method: 'get',
    version: 3,
    primary: false,
  },
  { action: 'cancelar', label: 'Cancelar', icon: 'ban', href: '/c', method: 'get', version: 3, primary: false },
]

export const row = (number: number): TicketRow => ({
  number,
  href: `/tickets/${number}`,
  subject: `La impresora ${HOSTILE}`,
  category: 'Impresoras',
  kind: 'Problema',
  area: 'Sistemas',
  requester: `Clara ${HOSTILE}`,
  status: { code: 'EN_PROCESO', label: 'En Proceso' },
  priority: { code: 'URGENTE', label: 'Urgente' },
  owner: person,
  created: moment,
  impediment: number % 2 === 0 ? 'Incidencia: proveedor' : null,
  actions,
})

const list: Model<'tickets/index'> = {
  title: 'Tickets',
  lead: 'Los tickets abiertos.',
  notices: [],
  tabs: [
    { label: 'Registrados', count: '1000+', href: '/tickets?estado=registrados', current: true },
    { label: 'Asignados', count: '0', href: '/tickets?estado=asignados', current: false },
  ],
  filters: {
    action: '/tickets',
    search: { name: 'buscar', label: 'Buscar', value: HOSTILE },
    kept: [{ name: 'estado', value: 'registrados' }],
    selects: [
      { name: 'area', label: 'Área', value: '1', all: 'Todas', options: [{ value: '1', label: HOSTILE }] },
      {
        name: 'responsable',
        label: 'Responsable',
        value: '',
        all: 'Todos',
        options: [
          { value: 'nadie', label: 'Sin responsable' },
          { label: 'Personas', options: [{ value: 'persona:4', label: HOSTILE }] },
        ],
      },
    ],
    days: [{ name: 'desde', label: 'Desde', value: '2026-03-01' }],
    chips: [
      { label: `Área: ${HOSTILE}`, removeHref: '/tickets?desde=2026-03-01' },
      { label: 'Desde 1 mar 2026', removeHref: '/tickets?area=1' },
    ],
    clearHref: '/tickets',
  },
  rows: [row(12), { ...row(11), owner: group }, { ...row(10), owner: null, actions: [] }],
  caption: 'Tickets registrados, del más reciente al más antiguo',
  showStatus: true,
  showRequester: true,
  pager: { previous: '/tickets?anterior=1-2', next: '/tickets?siguiente=1-2' },
  empty: { icon: 'inbox', title: 'No hay tickets', text: 'Todo tiene responsable.', action: null },
}
const plainList: TicketList = {
  ...list,
  lead: '',
  notices: [notice],
  tabs: [],
  filters: null,
  rows: [{ ...row(9), actions: [] }],
  showStatus: false,
  showRequester: false,
  pager: { previous: null, next: null },
}

const attachments: TimelineEntry['attachments'] = [
  {
    name: `foto ${HOSTILE}.png`,
    href: '/adjuntos/1/foto.png',
    size: '1,5 MB',
    icon: 'photo',
    thumbnail: { src: '/adjuntos/1/miniatura', width: 160, height: 107 },
  },
  { name: 'contrato.pdf', href: '/adjuntos/2/contrato.pdf', size: '229 KB', icon: 'file-type-pdf', thumbnail: null },
]
const files = {
  name: 'adjuntos',
  help: 'Hasta 10 archivos de 10 MB.',
  accept: '.png,.pdf',
  maxBytes: 10_485_760,
  maxFiles: 10,
  notice: 'No se guardó ningún archivo: elíjalos de nuevo.',
}

export const entry = (id: number): TimelineEntry => ({
  anchor: `entrada-${id}`,
  icon: 'message',
  state: null,
  author: `Ana ${HOSTILE}`,
  initials: 'AR',
  deed: 'escribió',
  changed: id === 4 ? [`Asunto: ${HOSTILE} → Otro`] : [],
  at: moment,
  text: `Una línea\nOtra ${HOSTILE}`,
  internal: id % 3 === 0,
  attachments: id % 2 === 0 ? attachments : [],
})

const ticket: Model<'tickets/show'> = {
  title: '#12 La impresora',
  number: 12,
  subject: `La impresora ${HOSTILE}`,
  description: `No enciende.\n${HOSTILE}`,
  attachments,
  status: { code: 'EN_PROCESO', label: 'En Proceso' },
  steps: [
    { label: 'Registrado', state: 'hecho' },
    { label: 'En Proceso', state: 'actual' },
    { label: 'Finalizado', state: 'pendiente' },
  ],
  facts: [{ label: 'Solicitante', value: `Clara ${HOSTILE}` }],
  owner: person,
  priority: { code: 'ALTA', label: 'Alta' },
  times: [{ label: 'Registrado', at: moment }],
  timeline: {
    first: [
      { ...entry(1), icon: 'file-import', author: null, initials: null, deed: 'Ticket importado', text: '' },
      { ...entry(2), icon: 'user-check', state: 'ASIGNADO', deed: `asignó el ticket a ${HOSTILE}` },
    ],
    folded: [entry(3), entry(4)],
    foldLabels: { show: 'Mostrar 2 entradas más', hide: 'Ocultar 2 entradas' },
    last: [entry(5)],
  },
  actions,
  withheld: [{ action: 'reabrir', label: 'Reabrir', icon: 'ban', reason: `No ${HOSTILE}.` }],
  composer: {
    action: '/tickets/12/bitacora',
    mayAnnotate: true,
    maxLength: 20_000,
    values: { texto: HOSTILE, visibilidad: 'interna' },
    files,
    errors: [
      { field: 'texto', message: 'Escriba el texto.' },
      { field: 'visibilidad', message: 'Elija si la entrada es pública o interna.' },
      { field: 'adjuntos', message: `«${HOSTILE}» está vacío.` },
    ],
    starts: true,
  },
  closedNote: '',
  back: { label: 'Tickets', href: '/tickets' },
  notices: [notice],
  workHref: '/tickets/12',
  impediment: { id: 4, reason: 'Proveedor', text: `Una línea\n${HOSTILE}`, by: `Luis ${HOSTILE}`, since: moment },
}
const ownTicket: TicketShow = {
  ...ticket,
  notices: [],
  owner: null,
  actions: actions.slice(2),
  timeline: { first: [entry(1)], folded: [], foldLabels: { show: '', hide: '' }, last: [] },
  composer: {
    action: '/tickets/12/bitacora',
    mayAnnotate: false,
    maxLength: 20_000,
    values: { texto: '', visibilidad: 'publica' },
    files: { ...files, notice: '' },
    errors: [],
    starts: false,
  },
  workHref: null,
  impediment: null,
}
const cancelledTicket: TicketShow = {
  ...ownTicket,
  status: { code: 'CANCELADO', label: 'Cancelado' },
  actions: [],
  composer: null,
  closedNote: 'El ticket está cancelado: es un registro histórico y ya no cambia.',
}

const newTicket: Model<'tickets/new'> = {
  title: 'Nuevo ticket',
  areas: [{ id: 1, name: 'Sistemas', href: '/tickets/nuevo?area=1' }],
  form: {
    action: '/tickets',
    area: { id: 1, name: `Sistemas ${HOSTILE}` },
    changeAreaHref: '/tickets/nuevo',
    categories: [{ group: 'Problemas', options: [{ value: '3', label: HOSTILE }] }],
    requester: {
      search: HOSTILE,
      stepAction: '/tickets/nuevo',
      searchHref: '/tickets/solicitantes',
      value: '7',
      options: [
        { value: '', label: 'Para mí', help: 'Ana' },
        { value: '7', label: HOSTILE, help: HOSTILE },
      ],
      note: 'Se encontró 1 persona.',
    },
    values: { categoria: '3', asunto: HOSTILE, descripcion: `\n${HOSTILE}` },
    files,
    errors: [
      { field: 'categoria', message: 'Elija una categoría de la lista.' },
      { field: 'asunto', message: 'Escriba el asunto.' },
      { field: '', message: 'El formulario trae datos que esta página no espera.' },
    ],
    limits: { subject: 150, text: 20_000 },
  },
}
const chooseArea: NewTicketModel = { title: 'Nuevo ticket', areas: newTicket.areas, form: null }

const step: Model<'tickets/step'> = {
  title: 'Asignar ticket #12',
  ticket: {
    number: 12,
    subject: `La impresora ${HOSTILE}`,
    href: '/tickets/12',
    status: { code: 'REGISTRADO', label: 'Registrado' },
  },
  action: '/tickets/12/asignacion',
  version: '3',
  lead: 'La persona o el grupo que elija lo verá en «Asignados».',
  owners: {
    label: 'Responsable',
    required: true,
    value: 'grupo:2',
    none: 'Elija una persona o un grupo',
    groups: [{ group: 'Grupos', options: [{ value: 'grupo:2', label: HOSTILE }] }],
  },
  text: {
    name: 'nota',
    label: 'Nota',
    help: 'La ve el solicitante.',
    required: false,
    value: HOSTILE,
    maxLength: 20_000,
  },
  submit: { label: 'Asignar', tone: 'primary' },
  errors: [{ field: 'responsable', message: 'Elija una persona o un grupo.' }],
  conflict: null,
}
const cancelStep: StepFormModel = {
  ...step,
  owners: null,
  text: { ...step.text, required: true, value: '' },
  submit: { label: 'Cancelar ticket', tone: 'danger' },
  errors: [],
}
const staleStep: StepFormModel = {
  ...cancelStep,
  conflict: { explanation: `Cambió ${HOSTILE}`, changes: [`${HOSTILE} asignó el ticket a Luis`] },
}

const classification: Model<'tickets/reclassify'> = {
  title: 'Reclasificar ticket #12',
  ticket: { subject: HOSTILE, href: '/tickets/12', status: { code: 'ASIGNADO', label: 'Asignado' } },
  action: '/tickets/12/clasificacion',
  choicesAction: '/tickets/12/clasificacion/opciones',
  version: '3',
  areas: [{ value: '1', label: HOSTILE }],
  categories: [{ group: 'Problemas', options: [{ value: '3', label: HOSTILE }] }],
  priorities: [{ value: 'ALTA', label: 'Alta' }],
  owners: { area: HOSTILE, groups: [{ group: 'Grupos', options: [{ value: 'grupo:2', label: HOSTILE }] }] },
  values: { area: '1', categoria: '3', prioridad: 'ALTA', asunto: HOSTILE, responsable: 'grupo:2' },
  maxLength: 150,
  errors: [{ field: 'responsable', message: 'Elija quién lo atenderá.' }],
  conflict: { explanation: `Cambió ${HOSTILE}`, changes: [HOSTILE] },
}

const impedimentStart: ImpedimentFormModel = {
  title: 'Reportar incidencia del ticket #12',
  ticket: step.ticket,
  action: '/tickets/12/incidencia',
  lead: 'El ticket aparecerá en «Con incidencias».',
  impediment: null,
  reasons: [{ value: 'proveedor', label: 'Proveedor' }],
  text: { label: 'Texto', help: 'Qué impide avanzar.' },
  maxLength: 20_000,
  values: { motivo: 'proveedor', texto: HOSTILE },
  submit: 'Reportar incidencia',
  errors: [
    { field: 'motivo', message: 'Elija el motivo.' },
    { field: 'texto', message: 'Escriba qué impide avanzar.' },
  ],
  conflict: null,
}
const impedimentEnd: ImpedimentFormModel = {
  ...impedimentStart,
  impediment: { id: 4, reason: 'Proveedor', text: HOSTILE, by: HOSTILE, since: moment },
  errors: [],
  conflict: { explanation: HOSTILE, changes: [] },
}

const board: Board = {
  title: 'Inicio',
  lead: 'Lo que espera por usted.',
  notices: [notice],
  cards: [
    { label: 'Sin asignar', count: '1000+', href: '/tickets', icon: 'inbox', tone: 'plain' },
    { label: 'Con incidencia', count: '2', href: '/con-incidencias', icon: 'barrier-block', tone: 'impeded' },
  ],
  oldest: [row(12), { ...row(11), owner: null }],
  caption: 'Los tickets que más tiempo llevan sin responsable',
  registeredHref: '/tickets?estado=registrados',
}

export const fixtures: ViewFixtures = {
  ...accountFixtures,
  ...listingFixtures,
  ...userFixtures,
  ...mailFixtures,
  ...areaFixtures,
  ...settingsFixtures,
  ...permissionFixtures,
  ...auditFixtures,
  ...surveyResultFixtures,
  ...surveyFixtures,
  'errors/error': { full: error, bare: { title: 'No existe', ...bareError } },
  'installation/new': {
    full: {
      title: 'Primera visita',
      action: '/instalacion',
      values: { codigo: HOSTILE, organizacion: HOSTILE, nombre: HOSTILE, correo: HOSTILE },
      errors: [{ field: 'clave', message: 'Esta contraseña es fácil de adivinar.' }],
      limits: { name: 120 },
    },
    first: {
      title: 'Primera visita',
      action: '/instalacion',
      values: { codigo: '', organizacion: '', nombre: '', correo: '' },
      errors: [],
      limits: { name: 120 },
    },
  },
  'auth/sign-in': { full: signIn, first: { title: 'Ingresar', ...firstSignIn } },
  'tickets/index': {
    full: list,
    plain: plainList,
    empty: { ...plainList, rows: [] },
    emptyWithWayOn: { ...list, rows: [], empty: { ...list.empty, action: { label: 'Quitar los filtros', href: '/' } } },
  },
  'tickets/show': { full: ticket, own: ownTicket, cancelled: cancelledTicket },
  'tickets/new': { full: newTicket, chooseArea, noArea: { ...chooseArea, areas: [] } },
  'tickets/reclassify': {
    full: classification,
    plain: { ...classification, owners: null, errors: [], conflict: null },
  },
  'tickets/impediment': {
    full: impedimentStart,
    end: impedimentEnd,
  },
  'tickets/board': { full: board, nothing: { ...board, oldest: [] } },
  'tickets/step': { full: step, cancel: cancelStep, stale: staleStep },
}
