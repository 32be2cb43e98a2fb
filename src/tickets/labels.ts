import type { CategoryKind, ImpedimentReason, LogEntryKind, Priority, TicketStatus } from '../generated/prisma/enums.ts'
import type { Step, Verb } from './policy.ts'

export const statusLabels: Record<TicketStatus, string> = {
  REGISTRADO: 'Registrado',
  ASIGNADO: 'Asignado',
  EN_PROCESO: 'En Proceso',
  FINALIZADO: 'Finalizado',
  CANCELADO: 'Cancelado',
}

export const statusTabLabels: Record<TicketStatus, string> = {
  REGISTRADO: 'Registrados',
  ASIGNADO: 'Asignados',
  EN_PROCESO: 'En Proceso',
  FINALIZADO: 'Finalizados',
  CANCELADO: 'Cancelados',
}

export const priorityLabels: Record<Priority, string> = {
  BAJA: 'Baja',
  MEDIA: 'Media',
  ALTA: 'Alta',
  URGENTE: 'Urgente',
}

export const categoryKindLabels: Record<CategoryKind, string> = {
  PROBLEMA: 'Problema',
  REQUERIMIENTO: 'Requerimiento',
}

export const impedimentReasonLabels: Record<ImpedimentReason, string> = {
  ESPERA_REFACCION: 'Espera de refacción',
  PROVEEDOR: 'Proveedor',
  RESPUESTA_SOLICITANTE: 'Respuesta del solicitante',
  OTRA: 'Otra',
}

export const actionLabels: Record<Step, string> = {
  asignar: 'Asignar',
  reasignar: 'Reasignar',
  iniciar: 'Iniciar',
  cancelar: 'Cancelar',
  finalizar: 'Finalizar',
  reabrir: 'Reabrir',
  reclasificar: 'Reclasificar',
  confirmar: 'Todo bien, gracias',
  reportar: 'Reportar incidencia',
  despejar: 'Cerrar incidencia',
}

/** What an entry of the bitácora says was done, after its author's name. */
export const entryVerbs: Record<LogEntryKind, string> = {
  CREACION: 'registró el ticket',
  IMPORTACION: 'Ticket importado',
  ASIGNACION: 'asignó el ticket',
  INICIO: 'inició la atención',
  COMENTARIO: 'escribió',
  FINALIZACION: 'finalizó el ticket',
  CANCELACION: 'canceló el ticket',
  REAPERTURA: 'reabrió el ticket',
  RECLASIFICACION: 'reclasificó el ticket',
  CONFIRMACION: 'confirmó que todo quedó bien',
  INCIDENCIA: 'reportó una incidencia',
  INCIDENCIA_CERRADA: 'cerró la incidencia',
  ENCUESTA: 'contestó la encuesta',
}

/** What somebody can do, before "3 tickets" or "el ticket". */
export const verbPhrases: Record<Verb, string> = {
  asignar: 'asignar',
  reasignar: 'reasignar',
  iniciar: 'iniciar',
  comentar: 'escribir en la bitácora de',
  anotar: 'escribir notas internas en',
  reportar: 'reportar incidencias en',
  despejar: 'cerrar la incidencia de',
  finalizar: 'finalizar',
  reabrir: 'reabrir',
  reclasificar: 'reclasificar',
  cancelar: 'cancelar',
  confirmar: 'confirmar',
}
