import type { ErrorModel, SignInModel } from '../../src/web/page.ts'
import { accountFixtures } from './fixtures/account.ts'
import { areaFixtures } from './fixtures/areas.ts'
import { auditFixtures } from './fixtures/audit.ts'
import { HOSTILE, type Model, type ViewFixtures } from './fixtures/common.ts'
import { listingFixtures } from './fixtures/listing.ts'
import { mailFixtures } from './fixtures/mail.ts'
import { permissionFixtures } from './fixtures/permissions.ts'
import { searchFixtures } from './fixtures/search.ts'
import { settingsFixtures } from './fixtures/settings.ts'
import { surveyResultFixtures } from './fixtures/survey-results.ts'
import { surveyFixtures } from './fixtures/surveys.ts'
import { ticketFixtures } from './fixtures/tickets.ts'
import { userFixtures } from './fixtures/users.ts'

// The fixtures of a slice lie in a file of its own in fixtures/, and are spread into the registry at the end.

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
  again: {
    action: '/tickets',
    fields: [
      { name: 'envio', value: '1b4e28ba-2fa1-4d2e-883f-0016d3cca427' },
      { name: 'nota', value: HOSTILE },
    ],
  },
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

export const fixtures: ViewFixtures = {
  ...accountFixtures,
  ...listingFixtures,
  ...ticketFixtures,
  ...userFixtures,
  ...mailFixtures,
  ...areaFixtures,
  ...searchFixtures,
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
}
