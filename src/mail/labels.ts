import type { ListingCell } from '../web/listing-page.ts'
import type { MailState } from './queries.ts'

/** @param delivers whether there is a mail server */
export const stateLabels = (delivers: boolean): Record<MailState, string> => ({
  enviado: 'Enviado',
  guardado: delivers ? 'Por enviar' : 'Guardado',
  fallido: 'Falló',
})

export const stateTones: Record<MailState, Extract<ListingCell, { kind: 'badge' }>['tone']> = {
  enviado: 'positive',
  guardado: 'neutral',
  fallido: 'negative',
}
