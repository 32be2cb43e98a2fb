import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import type { Notices } from '../tickets/pages/dependencies.ts'
import { countPending, findPending } from './invitations.ts'
import { paths } from './paths.ts'

const MOST = 99

/** What the pages of tickets tell a person who has surveys to answer. */
export const surveyNotices = ({ db, clock }: { db: Pick<Database, 'pool'>; clock: Clock }): Notices => ({
  async ofPerson({ id }) {
    const count = await countPending(db, id, clock.now(), MOST)
    if (count === 0) return []
    const text =
      count === 1
        ? 'Tiene una encuesta por contestar.'
        : `Tiene ${count > MOST ? `más de ${MOST}` : count} encuestas por contestar.`
    return [{ icon: 'clipboard-list', text, action: { label: 'Ver encuestas', href: paths.mine } }]
  },
  async ofTicket({ id }, number) {
    const invitation = await findPending(db, id, number, clock.now())
    if (invitation === null) return []
    const action = { label: 'Contestar encuesta', href: paths.invitation(invitation) }
    return [{ icon: 'clipboard-list', text: '¿Qué le pareció la atención de este ticket?', action }]
  },
})
