import { mailSeal } from '../../src/mail/queue.ts'
import type { Database } from '../../src/platform/db.ts'
import { SECRET } from './application.ts'

const seal = mailSeal(SECRET)

/** The mails to somebody, with their texts, the newest first. */
export async function mailsTo({ prisma }: Pick<Database, 'prisma'>, recipient: string) {
  const mails = await prisma.mail.findMany({ where: { recipient }, orderBy: { id: 'desc' } })
  return mails.map(({ subject, body }) => ({ subject, text: body && seal.open(body) }))
}

/** The path of the link in the newest mail to somebody; '' when there is none. */
export async function linkTo(db: Pick<Database, 'prisma'>, recipient: string): Promise<string> {
  const [mail] = await mailsTo(db, recipient)
  return /https:\/\/soporte\.ejemplo\.test(\/\w+\/[\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
}
