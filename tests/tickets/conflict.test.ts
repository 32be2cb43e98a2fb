import { describe, expect, it } from 'vitest'
import { useApplication } from '../support/application.ts'

// A form that somebody was faster than: what was typed is not lost, and can be sent again where that still makes sense.

const { as, cast, db } = await useApplication()

const REASON = 'Un motivo largo que nadie quiere escribir dos veces'

/** A ticket that Sara has given to Luis, at version 2, while others still have its first version open. */
async function assignedMeanwhile(): Promise<number> {
  const form = { area: cast.areas.sistemas, categoria: cast.categories.red, asunto: 'Asunto', descripcion: 'Texto' }
  const { location } = await (await as('clara')).post('/tickets', form)
  const number = Number(location.split('/').at(-1))
  const sara = await as('sara')
  await sara.post(`/tickets/${number}/asignacion`, { version: 1, responsable: `persona:${cast.ids.luis}` })
  return number
}

const statusOf = async (number: number) => (await db.prisma.ticket.findUniqueOrThrow({ where: { number } })).status

/** The hidden fields of the step's form on a page. */
const hidden = (html: string) =>
  Object.fromEntries(
    [
      ...(/<form method="post" action="\/tickets[\s\S]*?<\/form>/.exec(html)?.[0] ?? '').matchAll(
        /type="hidden" name="(\w+)" value="([^"]*)"/g,
      ),
    ].map(([, name, value]) => [name, value]),
  )

describe('a stale form whose step is still possible', () => {
  it('is shown again with what changed and what was typed, and goes through when it is sent again', async () => {
    const number = await assignedMeanwhile()
    const ana = await as('ana')
    const answer = await ana.post(`/tickets/${number}/cancelacion`, { version: 1, motivo: REASON })
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('<li>Sara Peña asignó el ticket a Luis Ibáñez</li>')
    expect(answer.body).toContain(`${REASON}</textarea>`)
    expect(answer.body).toContain('Cancelar ticket de todos modos')
    expect(await statusOf(number)).toBe('ASIGNADO')
    const { version, envio } = hidden(answer.body)
    expect(version).toBe('2')
    const again = await ana.post(`/tickets/${number}/cancelacion`, { version: 2, envio: envio ?? '', motivo: REASON })
    expect(again.status).toBe(303)
    expect(await statusOf(number)).toBe('CANCELADO')
  })

  it('is the form of what the step has become', async () => {
    const number = await assignedMeanwhile()
    const form = { version: 1, responsable: `persona:${cast.ids.pedro}`, nota: 'Para Pedro' }
    const answer = await (await as('ana')).post(`/tickets/${number}/asignacion`, form)
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('Reasignar de todos modos')
    expect(answer.body).toContain(`<option value="persona:${cast.ids.pedro}" selected>`)
    expect(answer.body).toContain('Para Pedro</textarea>')
  })

  it('is an ordinary form from then on', async () => {
    const number = await assignedMeanwhile()
    const ana = await as('ana')
    const answer = await ana.post(`/tickets/${number}/cancelacion`, { version: 1, motivo: REASON })
    const refused = await ana.post(`/tickets/${number}/cancelacion`, { ...hidden(answer.body), motivo: ' ' })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Escriba el motivo.')
    expect(refused.body).not.toContain('de todos modos')
  })
})

describe('a stale form whose step is no longer possible', () => {
  it('is shown as text to copy, with what changed and no way to send it', async () => {
    const number = await assignedMeanwhile()
    await (await as('sara')).post(`/tickets/${number}/cancelacion`, { version: 2, motivo: 'Repetido' })
    const answer = await (await as('ana')).post(`/tickets/${number}/finalizacion`, { version: 2, resolucion: REASON })
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('<li>Sara Peña canceló el ticket</li>')
    expect(answer.body).toContain(`<dd>${REASON}</dd>`)
    expect(answer.body).not.toContain('de todos modos')
    expect(answer.body).toContain(`href="/tickets/${number}"`)
  })
})
