import { Client } from '../../tests/support/client.ts'
import { PASSWORD } from '../database/build.ts'
import { ADMINISTRATOR, FIRST_AGENT, FIRST_REQUESTER, FIRST_SUPERVISOR, mailOf } from '../database/organization.ts'

/** Who opens the pages; the agent and the requester are those with most tickets. */
export const people = {
  administrador: ADMINISTRATOR,
  supervisor: FIRST_SUPERVISOR,
  agente: FIRST_AGENT,
  cliente: FIRST_REQUESTER,
}

export type Person = keyof typeof people

/** @returns the header that a browser of that person sends */
export async function signIn(origin: string, person: Person): Promise<string> {
  const client = new Client(origin)
  const answer = await client.post('/ingresar', { correo: mailOf(people[person]), clave: PASSWORD })
  if (answer.status !== 303) throw new Error(`${person} could not sign in: ${answer.status}`)
  return [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}
