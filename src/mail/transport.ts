import type { OutgoingMail } from './queue.ts'

/** Where mails go out, and from whom. */
export interface MailServer {
  /** smtp:// or smtps:// */
  smtpUrl: string
  /** Address of the sender. */
  mailFrom: string
}

export interface Envelope extends OutgoingMail {
  /** Part of the Message-ID, so that a mail that is sent twice is known as one. */
  reference: string
  /** Who it comes from, in words. */
  sender: string
}

const SECONDS = 1000

/** Hands mails to the server. @returns what settles once the server has taken a mail, and fails when it did not */
export function mailTransport({ smtpUrl, mailFrom }: MailServer): (mail: Envelope) => Promise<void> {
  const open = async () => {
    // Loaded with the first mail, for the sake of memory.
    const { default: nodemailer } = await import('nodemailer')
    return nodemailer.createTransport({
      url: smtpUrl,
      connectionTimeout: 15 * SECONDS,
      greetingTimeout: 15 * SECONDS,
      socketTimeout: 60 * SECONDS,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }
  let transport: ReturnType<typeof open> | undefined
  return async ({ recipient, subject, body, reference, sender }) => {
    transport ??= open()
    await (await transport).sendMail({
      from: { name: sender, address: mailFrom },
      // As an object, so that nothing in it is read as a second address.
      to: { name: '', address: recipient },
      subject,
      text: body,
      messageId: `<${reference}@${mailFrom.split('@').at(-1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  }
}

/** Why a mail was not taken. */
export interface Failure {
  /** In Spanish. */
  text: string
  /** Trying again changes nothing. */
  final: boolean
  /** No mail would get through now. */
  unreachable: boolean
}

/** @param error of a transport, see https://nodemailer.com/errors */
export function failureOf(error: unknown): Failure {
  const { code, responseCode, command } = error as { code?: unknown; responseCode?: unknown; command?: unknown }
  const answer = typeof responseCode === 'number' ? responseCode : 0
  const said = answer > 0 ? ` (${answer})` : ''
  const again = (text: string) => ({ text: `${text}${said}.`, final: false, unreachable: false })
  if (code === 'EAUTH')
    return { ...again('El servidor de correo no acepta el usuario o la contraseña'), unreachable: true }
  if (answer >= 400 && answer < 500) return again('El servidor de correo pidió esperar')
  if (code === 'EENVELOPE' && command === 'MAIL FROM') return again('El servidor de correo no acepta al remitente')
  if (code === 'EENVELOPE') return { ...again('El servidor de correo no acepta al destinatario'), final: true }
  if (code === 'EMESSAGE' && answer >= 500) return { ...again('El servidor de correo rechazó el mensaje'), final: true }
  if (code === 'ETLS') {
    return { ...again('No se pudo establecer una conexión segura con el servidor de correo'), unreachable: true }
  }
  return { ...again('El servidor de correo no contesta'), unreachable: true }
}
