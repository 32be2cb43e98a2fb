import type { TestApplication } from '../support/application.ts'
import type { Person } from '../support/cast.ts'
import type { Answer, Client } from '../support/client.ts'
import { unescaped } from '../support/html.ts'

/** What the form of a page would send, without its key: what a browser collects from it. */
export function formOf(answer: Answer, action: string): Record<string, string | string[]> {
  const form = [...answer.body.matchAll(/<form[^>]* action="([^"]*)"[\s\S]*?<\/form>/g)].find(
    each => each[1] === action,
  )?.[0]
  if (!form) throw new Error(`no form for ${action} in ${answer.status}`)
  const fields: Record<string, string | string[]> = {}
  for (const [tag, name = ''] of form.matchAll(/<(?:input|select)[^>]* name="([^"]*)"[^>]*>/g)) {
    if (name === 'envio') continue
    if (/type="(checkbox|radio)"/.test(tag) && !/ checked/.test(tag)) continue
    const value = tag.startsWith('<select') ? selectedIn(form, name) : (/ value="([^"]*)"/.exec(tag)?.[1] ?? '')
    const present = fields[name]
    fields[name] = present === undefined ? unescaped(value) : [present, unescaped(value)].flat()
  }
  return fields
}

function selectedIn(form: string, name: string): string {
  const select = form.slice(form.indexOf(` name="${name}"`)).split('</select>')[0] ?? ''
  return /<option value="([^"]*)" selected/.exec(select)?.[1] ?? ''
}

/** Opens the page of a person, changes what is given, and sends its form. */
export async function editThrough(client: Client, path: string, changes: Record<string, string | string[]>) {
  return client.post(path, { ...formOf(await client.get(path), path), ...changes })
}

export const personPath = ({ cast }: TestApplication, person: Person, list = 'usuarios') =>
  `/administracion/${list}/${cast.ids[person]}`

/** What the audit has, newest first. */
export const auditOf = ({ db }: TestApplication) =>
  db.prisma.auditEntry.findMany({
    orderBy: { id: 'desc' },
    select: { kind: true, actorId: true, subjectName: true, changes: true },
  })
