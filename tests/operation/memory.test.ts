import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { projectRoot } from '../../src/platform/root.ts'
import { SECRET, signIn } from '../support/application.ts'
import { createCast } from '../support/cast.ts'
import { Client } from '../support/client.ts'
import { useDatabase } from '../support/database.ts'
import { copyProject, start } from '../support/packaged-app.ts'

// What one process holds in memory. The bench asks after 100,000 requests (182 MB of at most 200); this finds out sooner when
// something large is loaded again where it is not needed, or when node is started without what keeps its heap small.

const { db, url } = await useDatabase()
await createCast(db)
const copy = copyProject({ built: true })
const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
// What `npm start` runs; npm and its shell would only stand in front of it.
const command = [process.execPath, ...scripts.start.replace('exec node ', '').split(' ')]
const environment = { DATABASE_URL: url, SESSION_SECRET: SECRET, NODE_ENV: 'production', LOG_LEVEL: 'warn' }
const application = start(copy.folder, environment, command)
afterAll(async () => {
  await application.kill()
  copy.remove()
})

const read = (file: string) => readFileSync(`/proc/${application.process.pid}/${file}`, 'utf8')
const megabytes = () => Number(/^VmRSS:\s+(\d+)/m.exec(read('status'))?.[1]) / 1024

it.runIf(process.platform === 'linux')('a process stays below 200 MB', async () => {
  const client = await signIn(new Client(await application.origin()), 'ana')
  for (let turn = 0; turn < 100; turn++) {
    for (const path of ['/tickets', '/tickets/nuevo', '/administracion/usuarios']) {
      expect((await client.get(path)).status).toBe(200)
    }
  }
  expect(megabytes()).toBeLessThan(200)
  // Of the library for pictures, which the first picture loads.
  expect(read('maps')).not.toContain('libvips')
})
