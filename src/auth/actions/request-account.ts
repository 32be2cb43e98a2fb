import { recordAudit } from '../../audit/record.ts'
import { type OutgoingMail, queueMails } from '../../mail/queue.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, transaction } from '../../platform/db.ts'
import { type LinkContext, organizationOf } from '../account-mails.ts'
import { countAttempt, tooManyAttempts } from '../lockout.ts'
import { paths } from '../paths.ts'
import { noteSignUp } from '../sign-ups.ts'

interface AccountRequest {
  name: string
  /** Normalised. */
  email: string
  address: string
}

/**
 * Mails a link that makes an account; to whoever has one already, that he has one. No account is made here.
 * @throws TooManyAttempts for the mail or the address, whether there is such an account or not
 */
export async function requestAccount(
  { db, clock, links }: { db: Database; clock: Clock; links: LinkContext },
  { name, email, address }: AccountRequest,
): Promise<void> {
  const now = clock.now()
  const { wait } = await countAttempt(db, { email, address }, now, 'sign-up')
  if (wait > 0) throw tooManyAttempts(wait)
  await transaction(db, async tx => {
    const person = await tx.user.findFirst({ where: { email }, select: { active: true } })
    const organization = await organizationOf(tx)
    // Noted also for whoever has an account, so that both are the same work; nobody is told that link.
    const token = await noteSignUp(tx, { name, email }, now)
    const body = bodyFor(person, organization, links.publicUrl, token)
    const mail: OutgoingMail = { recipient: email, subject: `Su cuenta en la mesa de ayuda de ${organization}`, body }
    await queueMails(tx, links.seal, now, [mail])
    await recordAudit(tx, { id: null, address }, now, { kind: 'registro.pedido' })
  })
}

/** Without the name that was typed: it may be what a stranger wants to tell the owner of the mail. */
function bodyFor(person: { active: boolean } | null, organization: string, publicUrl: string, token: string): string {
  const asked = `Alguien pidió una cuenta con este correo en la mesa de ayuda de ${organization}.`
  const unasked = 'Si no fue usted, no haga nada.'
  const texts = !person
    ? [
        'Para crearla, elija su contraseña aquí:',
        publicUrl + paths.signUpLink(token),
        `El enlace sirve una sola vez y vence en 24 horas. ${unasked}`,
      ]
    : person.active
      ? [
          'Usted ya tiene una. Ingrese con ella, o elija otra contraseña si la olvidó:',
          publicUrl + paths.signIn,
          publicUrl + paths.forgotten,
          unasked,
        ]
      : [`Su cuenta está desactivada. Para volver a usarla, pida ayuda a quien administra el sistema. ${unasked}`]
  return ['Hola:', asked, ...texts].join('\n\n')
}
