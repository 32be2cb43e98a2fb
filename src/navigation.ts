import { z } from 'zod'
import { paths as areas } from './areas/paths.ts'
import { paths as audit } from './audit/paths.ts'
import { kinds } from './categories/kinds.ts'
import { paths as steps } from './first-steps/paths.ts'
import { Prisma } from './generated/prisma/client.ts'
import { paths as groups } from './groups/paths.ts'
import { paths as mail } from './mail/paths.ts'
import { paths as organizations } from './organizations/paths.ts'
import { paths as permissions } from './permissions/paths.ts'
import { type Database, glance } from './platform/db.ts'
import { paths as settings } from './settings/paths.ts'
import { pendingSql } from './surveys/invitations.ts'
import { paths as surveys } from './surveys/paths.ts'
import { paths as results } from './surveys/results/paths.ts'
import { waitingCounts, waitingSql } from './tickets/counts.ts'
import { hasBoard } from './tickets/pages/board.ts'
import { paths as tickets } from './tickets/paths.ts'
import { paths as people } from './users/paths.ts'
import type { Viewer } from './web/access.ts'
import { boundedCount } from './web/format.ts'
import type { Section } from './web/frame.ts'
import type { Installation } from './web/installation.ts'

/** The sections of the sidebar; a person only finds there what he may open. */
export function navigationFor(viewer: Viewer, { firstSteps }: Pick<Installation, 'firstSteps'>): Section[] {
  const may = (...codes: string[]) => codes.some(code => viewer.permissions.has(code))
  const attention = [
    hasBoard(viewer) && { label: 'Inicio', href: tickets.home, icon: 'home' },
    may('tickets.ver_area', 'tickets.ver_todos') && { label: 'Tickets', href: tickets.tickets, icon: 'inbox' },
    may('tickets.ver_asignados') && { label: 'Asignados', href: tickets.assigned, icon: 'user-check' },
    may('tickets.ver_asignados') && { label: 'Con incidencias', href: tickets.impeded, icon: 'barrier-block' },
    may('tickets.ver_asignados') && { label: 'Atendidos', href: tickets.attended, icon: 'history' },
    may('encuestas.ver_resultados') && { label: 'Resultados', href: results.results, icon: 'chart-bar' },
  ].filter(item => item !== false)
  const own = [
    may('tickets.crear') && { label: 'Mis tickets', href: tickets.mine, icon: 'ticket' },
    may('tickets.crear') && { label: 'Nuevo ticket', href: tickets.newTicket, icon: 'plus' },
    { label: 'Encuestas', href: surveys.mine, icon: 'clipboard-list' },
  ].filter(item => item !== false)
  const administration = [
    firstSteps && may('ajustes.administrar') && { label: 'Primeros pasos', href: steps.steps, icon: 'list-check' },
    may('usuarios.administrar') && { label: 'Usuarios', href: people.usuarios.list, icon: 'users' },
    may('clientes.administrar') && { label: 'Clientes', href: people.clientes.list, icon: 'friends' },
    may('clientes.administrar') && { label: 'Organizaciones', href: organizations.list, icon: 'building-community' },
    may('areas.administrar') && { label: 'Áreas', href: areas.areas, icon: 'building' },
    ...(may('categorias.administrar')
      ? Object.values(kinds).map(({ plural: label, path: href, icon }) => ({ label, href, icon }))
      : []),
    may('grupos.administrar') && { label: 'Grupos', href: groups.groups, icon: 'users-group' },
    may('encuestas.administrar') && { label: 'Encuestas', href: surveys.surveys, icon: 'clipboard-text' },
    may('ajustes.administrar') && { label: 'Correo', href: mail.mails, icon: 'mail' },
    may('ajustes.administrar') && { label: 'Ajustes', href: settings.settings, icon: 'settings' },
    may('permisos.administrar') && { label: 'Permisos', href: permissions.permissions, icon: 'shield-check' },
    may('permisos.administrar') && { label: '¿Por qué no puedo?', href: permissions.whyNot, icon: 'help-circle' },
    may('auditoria.ver') && { label: 'Auditoría', href: audit.audit, icon: 'list-search' },
  ].filter(item => item !== false)
  return [
    { label: 'Atención', items: attention },
    { label: 'Mis solicitudes', items: own },
    { label: 'Administración', items: administration },
  ].filter(({ items }) => items.length > 0)
}

const LIMIT = 99
const counted = z.tuple([z.object({ pending: z.number(), staff: waitingCounts.nullable() })])

/** What waits behind the entries of the sidebar, by their hrefs; an entry where nothing waits has none. */
export async function countsFor(
  db: Pick<Database, 'pool'>,
  viewer: Viewer,
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const attends = viewer.permissions.has('tickets.ver_asignados') || hasBoard(viewer)
  const forStaff = attends ? waitingSql(viewer, LIMIT) : Prisma.sql`NULL::json`
  const [{ pending, staff }] = counted.parse(
    await glance(db, Prisma.sql`SELECT ${pendingSql(viewer.id, now, LIMIT)} AS pending, ${forStaff} AS staff`),
  )
  const waiting: [string, number][] = [
    [tickets.tickets, staff?.registered ?? 0],
    [tickets.assigned, staff?.assigned ?? 0],
    [tickets.impeded, staff?.impeded ?? 0],
    [surveys.mine, pending],
  ]
  return new Map(waiting.filter(([, count]) => count > 0).map(([href, count]) => [href, boundedCount(count, LIMIT)]))
}
