import type { AccountLinkPurpose } from '../generated/prisma/enums.ts'
import { type OutgoingMail, queueMails } from '../mail/queue.ts'
import type { Transaction } from '../platform/db.ts'
import type { Seal } from '../platform/seal.ts'
import { issueAccountLinks } from './account-links.ts'
import { paths } from './paths.ts'

/** What links in mails need. */
export interface LinkContext {
  /** What the addresses begin with. */
  publicUrl: string
  /** Seals the mails that are kept. */
  seal: Seal
}

interface Addressee {
  id: number
  name: string
  email: string
}

/**
 * Makes links that let people set their passwords, and mails to each his own.
 * @returns the links, in the order of the people, to be shown once
 */
export async function sendAccountLinks(
  tx: Transaction,
  { publicUrl, seal }: LinkContext,
  purpose: AccountLinkPurpose,
  people: readonly Addressee[],
  now: Date,
): Promise<string[]> {
  const organizationName = await organizationOf(tx)
  const tokens = await issueAccountLinks(tx, purpose, people, now)
  const links = tokens.map(token => publicUrl + paths.accountLink(token))
  const mails = people.map((person, index) => MAILS[purpose](person, links[index] ?? '', organizationName))
  await queueMails(tx, seal, now, mails)
  return links
}

/** Tells somebody that his password is another one: it may not have been he who changed it. */
export async function mailPasswordChange(
  tx: Transaction,
  { publicUrl, seal }: LinkContext,
  { name, email }: Omit<Addressee, 'id'>,
  now: Date,
): Promise<void> {
  const body = [
    `Hola, ${name}:`,
    `La contraseña de su cuenta en la mesa de ayuda de ${await organizationOf(tx)} acaba de cambiar.`,
    'Si fue usted, no tiene que hacer nada. Si no fue usted, elija otra cuanto antes y avise a quien administra el sistema:',
    publicUrl + paths.forgotten,
  ].join('\n\n')
  await queueMails(tx, seal, now, [{ recipient: email, subject: 'Su contraseña cambió', body }])
}

/** What the installation calls itself. */
export async function organizationOf(tx: Transaction): Promise<string> {
  const where = { id: 1 }
  return (await tx.settings.findUniqueOrThrow({ where, select: { organizationName: true } })).organizationName
}

const MAILS: Record<AccountLinkPurpose, (person: Addressee, link: string, organization: string) => OutgoingMail> = {
  INVITACION: ({ name, email }, link, organization) => ({
    recipient: email,
    subject: `Su cuenta en la mesa de ayuda de ${organization}`,
    body: [
      `Hola, ${name}:`,
      `Ya tiene una cuenta en la mesa de ayuda de ${organization}. Para usarla, elija su contraseña aquí:`,
      link,
      'El enlace sirve una sola vez y vence en 72 horas. Después ingrese con este correo.',
    ].join('\n\n'),
  }),
  RESTABLECIMIENTO: ({ name, email }, link, organization) => ({
    recipient: email,
    subject: `Elija otra contraseña para la mesa de ayuda de ${organization}`,
    body: [
      `Hola, ${name}:`,
      'Alguien pidió cambiar la contraseña de su cuenta. Si fue usted, elija otra aquí:',
      link,
      'El enlace sirve una sola vez y vence en 2 horas. Si no lo pidió, no haga nada: su contraseña sigue siendo la misma.',
    ].join('\n\n'),
  }),
}
