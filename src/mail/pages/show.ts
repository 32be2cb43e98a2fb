import { z } from 'zod'
import type { Mail } from '../../generated/prisma/client.ts'
import { type Moment, plural, relativeTime } from '../../web/format.ts'
import { id } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { stateLabels, stateTones } from '../labels.ts'
import { paths } from '../paths.ts'
import { getMail, type MailState } from '../queries.ts'
import type { MailDependencies } from './dependencies.ts'

declare module '../../web/page.ts' {
  interface ViewModels {
    'mail/show': MailPage
  }
}

export interface MailPage {
  title: string
  above: { label: string; href: string }
  recipient: string
  state: { label: string; tone: 'positive' | 'neutral' | 'negative' }
  created: Moment
  sent: Moment | null
  /** What became of it, in a sentence or two; '' when nothing is to be said. */
  fate: string
  /** Null when it is not kept any more. */
  text: string | null
  /** Why there is no text. */
  whyNoText: string
}

export const mailParams = z.object({ id: id() })

export async function showMail(
  { db, clock, seal, delivers }: MailDependencies,
  { region, params, res }: Call<z.infer<typeof mailParams>>,
): Promise<void> {
  const mail = await getMail(db, params.id)
  const state = stateOf(mail)
  const moment = (date: Date) => relativeTime(date, clock.now(), region)
  const model: MailPage = {
    title: mail.subject,
    above: { label: 'Correo', href: paths.mails },
    recipient: mail.recipient,
    state: { label: stateLabels(delivers)[state], tone: stateTones[state] },
    created: moment(mail.createdAt),
    sent: mail.sentAt && moment(mail.sentAt),
    fate: fateOf(mail, delivers, region.locale),
    text: mail.body && seal.open(mail.body),
    whyNoText: whyNoText(mail),
  }
  page(res, 'mail/show', model)
}

const stateOf = ({ sentAt, failure }: Mail): MailState => (sentAt ? 'enviado' : failure ? 'fallido' : 'guardado')

function fateOf({ sentAt, failure, attempts, nextAttemptAt }: Mail, delivers: boolean, locale: string): string {
  if (sentAt) return ''
  if (!failure) return delivers ? 'Saldrá en un momento.' : 'No hay un servidor de correo: entregue usted este mensaje.'
  const tried = `Se intentó ${plural(attempts, 'vez', 'veces', locale)}.`
  return `${failure} ${tried} ${nextAttemptAt && delivers ? 'Se intentará de nuevo.' : 'No se intentará de nuevo.'}`
}

function whyNoText({ sentAt, body }: Mail): string {
  if (sentAt) return 'El texto no se conserva después del envío, porque puede llevar enlaces que abren cuentas.'
  if (body) return 'El texto ya no se puede leer: se guardó con otro secreto de sesiones.'
  return 'El texto se borró a las 72 horas: los enlaces que pudiera llevar ya vencieron.'
}
