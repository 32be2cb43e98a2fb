import { afterEach, expect, it } from 'vitest'
import { createMetrics } from '../../src/platform/metrics.ts'
import { signIn, startApplication, useApplication } from '../support/application.ts'
import { PASSWORD } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { useJobs } from '../support/jobs.ts'

const { anonymous, as, cast, db, log } = await useApplication()
await useJobs(db)

afterEach(() => log.splice(0))

/** The lines of requests that have been answered; the last one is written when its connection is done. */
async function linesAfter(work: () => Promise<unknown>) {
  log.splice(0)
  await work()
  await anonymous().get('/salud/vivo')
  return log.filter(({ route }) => route !== '/salud/vivo')
}

it('is one line for a request: id, method, pattern of the route, status, milliseconds and who', async () => {
  const ana = await as('ana')
  const lines = await linesAfter(() => ana.get('/tickets?q=secreto'))
  expect(lines).toEqual([
    {
      level: 30,
      time: expect.anything(),
      pid: expect.anything(),
      hostname: expect.anything(),
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      method: 'GET',
      route: '/tickets',
      status: 200,
      ms: expect.any(Number),
      userId: cast.ids.ana,
      msg: 'request',
    },
  ])
})

it('has the pattern also of what is refused, and none of what does not exist', async () => {
  const clara = await as('clara')
  const lines = await linesAfter(async () => {
    await anonymous().get('/tickets/8765?x=1')
    await clara.get('/tickets/8765/asignacion')
    await anonymous().get('/nadie/ana@ejemplo.test')
    await anonymous().post('/salir', {}, { origin: 'https://malo.example' })
  })
  expect(lines.map(({ route, status, userId }) => [route, status, userId])).toEqual([
    ['/tickets/:number', 303, null],
    ['/tickets/:number/asignacion', 404, cast.ids.clara],
    [null, 404, null],
    [null, 403, null],
  ])
})

it('is quiet about static files and about the watchers’ questions that were answered well', async () => {
  const style = /href="(\/estaticos\/[^"]+styles\.css)"/.exec((await anonymous().get('/ingresar')).body)?.[1] ?? ''
  const lines = await linesAfter(async () => {
    await anonymous().get(style)
    await anonymous().get('/salud/listo')
    await anonymous().get('/estaticos/no/existe.css')
  })
  expect(lines.map(({ level, route, status }) => [level, route, status])).toEqual([
    [20, '/estaticos/*', 200],
    [20, '/salud/listo', 200],
    [30, '/estaticos/*', 404],
  ])
})

const secrets = {
  subject: 'Asunto-confidencial',
  description: 'Descripción-confidencial',
  comment: 'Comentario-confidencial',
  note: 'Nota-confidencial',
  resolution: 'Resolución-confidencial',
  reason: 'Motivo-confidencial',
  search: 'Búsqueda-confidencial',
  password: 'Clave-confidencial',
  mail: 'nadie@confidencial.test',
}

const personal = [...Object.values(secrets), PASSWORD, 'ejemplo.test', 'Ruiz', 'Ibáñez', 'Solís', 'Peña', '127.0.0.1']

function expectNothingPersonal(lines: unknown[]) {
  const written = JSON.stringify(lines).toLowerCase()
  const variants = personal.flatMap(text => [text, encodeURIComponent(text)])
  expect(variants.filter(text => written.includes(text.toLowerCase()))).toEqual([])
}

const create = (client: Client) =>
  client.post('/tickets', {
    area: cast.areas.sistemas,
    categoria: cast.categories.red,
    asunto: secrets.subject,
    descripcion: secrets.description,
  })

it('holds nothing that anybody wrote, nor who they are, through the whole life of a ticket', async () => {
  const lines = await linesAfter(async () => {
    await anonymous().post('/ingresar', { correo: secrets.mail, clave: secrets.password })
    await anonymous().post('/ingresar', { correo: secrets.mail, clave: '', asunto: secrets.subject })
    const [clara, sara, luis] = await Promise.all(
      (['clara', 'sara', 'luis'] as const).map(person => signIn(anonymous(), person)),
    )
    if (!clara || !sara || !luis) throw new Error('somebody is missing')
    const number = /\d+$/.exec((await create(clara)).location)?.[0]
    await clara.post(`/tickets/${number}/bitacora`, { texto: secrets.comment })
    const responsable = `persona:${cast.ids.luis}`
    const steps: [Client, string, Record<string, string | number>][] = [
      [sara, 'asignacion', { version: 1, responsable, nota: secrets.note }],
      [luis, 'bitacora', { texto: secrets.comment, visibilidad: 'interna' }],
      [luis, 'finalizacion', { version: 3, resolucion: secrets.resolution }],
      [clara, 'reapertura', { version: 4, motivo: secrets.reason }],
      // A stale form, whose page shows what was typed.
      [sara, 'cancelacion', { version: 1, motivo: secrets.reason }],
      [sara, 'cancelacion', { version: 5, motivo: secrets.reason }],
    ]
    const answers: number[] = []
    for (const [person, step, form] of steps) {
      answers.push((await person.post(`/tickets/${number}/${step}`, form)).status)
    }
    expect(answers).toEqual([303, 303, 303, 303, 409, 303])
    for (const query of [`buscar=${secrets.search}`, `solicitante=${secrets.mail}`]) await sara.get(`/tickets?${query}`)
    await sara.get(`/${encodeURIComponent(secrets.search)}`, { referer: `http://127.0.0.1/${secrets.search}` })
    await sara.get(`/ingresar?volver=/tickets?buscar=${secrets.search}`)
  })
  expect(lines.length).toBeGreaterThan(15)
  expectNothingPersonal(lines)
})

it('tells a failure once, with the id that its page shows and where it was thrown, without the row that failed', async () => {
  await db.pool.query(`ALTER TABLE tickets ADD CONSTRAINT no_more CHECK (subject <> '${secrets.subject}') NOT VALID`)
  const clara = await as('clara')
  let body = ''
  const lines = await linesAfter(async () => {
    const answer = await create(clara)
    expect(answer.status).toBe(500)
    body = answer.body
  })
  await db.pool.query('ALTER TABLE tickets DROP CONSTRAINT no_more')
  expect(lines).toHaveLength(1)
  const [line] = lines
  expect(line).toMatchObject({ level: 50, route: '/tickets', status: 500, userId: cast.ids.clara })
  expect(body).toContain(line?.id)
  expect(line?.failure).toMatchObject({
    code: '23514',
    stack: expect.arrayContaining([expect.stringMatching(/create\.ts/)]),
  })
  expectNothingPersonal(lines)
})

it('keeps the message of an error of our own', async () => {
  const broken = { ...db, pool: { query: () => Promise.reject(new TypeError('no pool')) } } as unknown as typeof db
  const application = await startApplication(broken)
  expect((await new Client(application.origin).get('/tickets')).status).toBe(500)
  await application.close()
  expect(application.log).toMatchObject([{ status: 500, failure: { type: 'TypeError', message: 'no pool' } }])
})

it('measures by pattern, never by address', async () => {
  const metrics = createMetrics(db.pool)
  const application = await startApplication(db, { metrics: metrics.requests })
  const ana = await signIn(new Client(application.origin), 'ana')
  await ana.get('/tickets/8765')
  await ana.get('/tickets/5678')
  await ana.get('/confidencial')
  await ana.get('/salud/listo')
  const { text } = await metrics.read()
  await application.close()
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/tickets/:number",status="404"} 2')
  expect(text).toContain('http_request_duration_seconds_count{method="GET",route="none",status="404"} 1')
  expect(text).toContain('http_request_duration_seconds_count{method="POST",route="/ingresar",status="303"} 1')
  expect(text).toMatch(/^http_requests_in_flight \d+$/m)
  expect(text).toMatch(/^database_pool_connections\{state="idle"\} \d+$/m)
  expect(text).toMatch(/^database_pool_connections\{state="busy"\} \d+$/m)
  expect(text).toMatch(/^database_pool_waiting 0$/m)
  expect(text).toMatch(/^database_pool_size 10$/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
  expect(text).not.toMatch(/8765|5678|confidencial|ejemplo/)
})
