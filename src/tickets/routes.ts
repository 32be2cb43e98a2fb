import { readLimits } from '../attachments/keep.ts'
import { FILE_FIELD } from '../attachments/models.ts'
import { whoMay } from '../permissions/access.ts'
import { type Access, anyoneSignedIn } from '../web/access.ts'
import { Routes } from '../web/route.ts'
import { assignTicket } from './actions/assign.ts'
import { closeTicket } from './actions/close.ts'
import { reopenTicket } from './actions/reopen.ts'
import {
  assignmentForm,
  cancellationForm,
  classificationForm,
  classificationStepForm,
  completionForm,
  confirmationForm,
  entryForm,
  impedimentEndForm,
  impedimentForm,
  listExportForm,
  newTicketForm,
  newTicketStepForm,
  reopeningForm,
  startForm,
} from './forms.ts'
import { lists, type TicketListing } from './lists.ts'
import { showHome } from './pages/board.ts'
import type { TicketDependencies } from './pages/dependencies.ts'
import { ticketParams as params, showMyTicket, showTicket, ticketQuery } from './pages/detail.ts'
import { downloadList } from './pages/download.ts'
import { clear, report, showImpedimentForm } from './pages/impediments.ts'
import { type ListCall, listQuery as query } from './pages/list.ts'
import { newTicketQuery, registerTicket, showNewTicket, showNewTicketStep } from './pages/new-ticket.ts'
import { showAssigned, showAttended, showImpeded, showMine } from './pages/plain-lists.ts'
import { reclassify, showClassification, showClassificationChoices } from './pages/reclassify.ts'
import { listRequesters, requesterQuery } from './pages/requester.ts'
import { showStep, submitStep } from './pages/steps.ts'
import { showSupervised } from './pages/supervised-list.ts'
import { admitEntry, confirm, start, writeEntry } from './pages/writing.ts'
import { paths } from './paths.ts'

const supervise = whoMay('tickets.ver_area', 'tickets.ver_todos')
const attend = whoMay('tickets.ver_asignados')
const create = whoMay('tickets.crear')
const onBehalf = whoMay('tickets.crear_en_nombre')

// Whose ticket it is decides who may take a step, so the steps' routes are open to anyone signed in: what he does not see
// is 404, what he may not do now is 403 with the verdict's reason.
const step = anyoneSignedIn

export function ticketRoutes(deps: TicketDependencies): Routes {
  const files = { field: FILE_FIELD, folder: deps.incoming, limits: () => readLimits(deps.db) }
  const routes = new Routes()
    .get(paths.home, anyoneSignedIn, {}, call => showHome(deps, call))
    .get(paths.newTicket, create, { query: newTicketQuery }, call => showNewTicket(deps, call))
    .post(paths.tickets, create, { form: newTicketForm, files }, call => registerTicket(deps, call))
    // The whole form comes, with its files; who chose them chooses them again, and is told so.
    .idempotent(paths.newTicket, create, { form: newTicketStepForm, files }, call => showNewTicketStep(deps, call))
    .get(paths.requesters, onBehalf, { query: requesterQuery }, call => listRequesters(deps, call))
    .get('/tickets/:number', anyoneSignedIn, { params, query: ticketQuery }, call => showTicket(deps, call))
    .get('/mis-tickets/:number', anyoneSignedIn, { params, query: ticketQuery }, call => showMyTicket(deps, call))
    .post(
      '/tickets/:number/bitacora',
      step,
      { params, form: entryForm, files, admit: call => admitEntry(deps, call) },
      call => writeEntry(deps, call),
    )
    .post('/tickets/:number/inicio', step, { params, form: startForm }, call => start(deps, call))
    .post('/tickets/:number/conformidad', step, { params, form: confirmationForm }, call => confirm(deps, call))
  return addSteps(addImpediments(addClassification(addLists(routes, deps), deps), deps), deps)
}

function addLists(routes: Routes, deps: TicketDependencies): Routes {
  const add = (
    listing: TicketListing,
    access: Access,
    show: (deps: TicketDependencies, call: ListCall) => Promise<void>,
  ) =>
    routes
      .get(listing.path, access, { query }, call => show(deps, call))
      // A write, for it is written down; sent again it is another download, which is written down too.
      .idempotent(listing.exportPath, access, { form: listExportForm }, call => downloadList(deps, call, listing))
  add(lists.supervised, supervise, showSupervised)
  add(lists.mine, anyoneSignedIn, showMine)
  add(lists.assigned, attend, showAssigned)
  add(lists.impeded, attend, showImpeded)
  return add(lists.attended, attend, showAttended)
}

function addClassification(routes: Routes, deps: TicketDependencies): Routes {
  const path = '/tickets/:number/clasificacion'
  return routes
    .get(path, step, { params }, call => showClassification(deps, call))
    .post(path, step, { params, form: classificationForm }, call => reclassify(deps, call))
    .idempotent(`${path}/opciones`, step, { params, form: classificationStepForm }, call =>
      showClassificationChoices(deps, call),
    )
}

function addImpediments(routes: Routes, deps: TicketDependencies): Routes {
  const path = '/tickets/:number/incidencia'
  return routes
    .get(path, step, { params }, call => showImpedimentForm(deps, call, 'reportar'))
    .post(path, step, { params, form: impedimentForm }, call => report(deps, call))
    .get(`${path}/cierre`, step, { params }, call => showImpedimentForm(deps, call, 'despejar'))
    .post(`${path}/cierre`, step, { params, form: impedimentEndForm }, call => clear(deps, call))
}

function addSteps(routes: Routes, deps: TicketDependencies): Routes {
  return routes
    .get('/tickets/:number/asignacion', step, { params }, call => showStep(deps, call, 'asignar'))
    .post('/tickets/:number/asignacion', step, { params, form: assignmentForm }, call =>
      submitStep(deps, call, 'asignar', async (deps, { version, responsable, nota }) => {
        const input = { version, owner: responsable, note: nota }
        const name = await assignTicket(deps, call.viewer, call.params.number, input)
        return `Ticket #${call.params.number} asignado a ${name}.`
      }),
    )
    .get('/tickets/:number/cancelacion', step, { params }, call => showStep(deps, call, 'cancelar'))
    .post('/tickets/:number/cancelacion', step, { params, form: cancellationForm }, call =>
      submitStep(deps, call, 'cancelar', async (deps, { version, motivo }) => {
        await closeTicket(deps, call.viewer, call.params.number, { action: 'cancelar', version, text: motivo })
        return `Ticket #${call.params.number} cancelado.`
      }),
    )
    .get('/tickets/:number/finalizacion', step, { params }, call => showStep(deps, call, 'finalizar'))
    .post('/tickets/:number/finalizacion', step, { params, form: completionForm }, call =>
      submitStep(deps, call, 'finalizar', async (deps, { version, resolucion }) => {
        await closeTicket(deps, call.viewer, call.params.number, { action: 'finalizar', version, text: resolucion })
        return `Ticket #${call.params.number} finalizado.`
      }),
    )
    .get('/tickets/:number/reapertura', step, { params }, call => showStep(deps, call, 'reabrir'))
    .post('/tickets/:number/reapertura', step, { params, form: reopeningForm }, call =>
      submitStep(deps, call, 'reabrir', async (deps, { version, motivo, responsable }) => {
        await reopenTicket(deps, call.viewer, call.params.number, { version, reason: motivo, owner: responsable })
        return `Ticket #${call.params.number} reabierto.`
      }),
    )
}
