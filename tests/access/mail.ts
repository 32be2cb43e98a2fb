import { mailSeal, queueMails } from '../../src/mail/queue.ts'
import { transaction } from '../../src/platform/db.ts'
import { SECRET } from '../support/application.ts'
import type { RowsOf } from './row.ts'

//                                        anón cli  emp  age  age2 sup  sup2 adm  desact
export const mailRows: RowsOf = ({ db, clock }) => {
  const mail = async () => {
    const mails = [{ recipient: 'ana@ejemplo.test', subject: 'Su cuenta', body: 'Hola' }]
    await transaction(db, tx => queueMails(tx, mailSeal(SECRET), clock.now(), mails))
    return { parameters: { id: (await db.prisma.mail.findFirstOrThrow({ orderBy: { id: 'desc' } })).id } }
  }
  return {
    'get /administracion/correo': { answers: '    in 403 403 403 403 403 403 200 in' },
    'get /administracion/correo/:id': { answers: 'in 403 403 403 403 403 403 200 in', given: mail },
  }
}
