import { existsSync, mkdtempSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pino } from 'pino'
import { describe, expect, it, vi } from 'vitest'
import { inspectFiles, keepFiles } from '../../src/attachments/keep.ts'
import { storedName } from '../../src/attachments/stored.ts'
import { sweepFiles } from '../../src/attachments/sweep.ts'
import { placeOf } from '../../src/platform/files.ts'
import { startBackgroundWork } from '../../src/start/jobs.ts'
import { createTicket } from '../../src/tickets/actions/create.ts'
import { findViewer } from '../../src/users/viewer.ts'
import { createClock, useStorage } from '../support/application.ts'
import { picture, received } from '../support/attachments.ts'
import { createCast } from '../support/cast.ts'
import { useDatabase } from '../support/database.ts'

// Files that no entry names go; no other ever does.

const { db } = await useDatabase()
const cast = await createCast(db)
const { files, uploads, incoming } = useStorage()
// Files carry the time of this machine.
const clock = createClock(new Date().toISOString())
const context = { db, clock, files, incoming }
const clara = await findViewer(db, cast.ids.clara)
if (!clara) throw new Error('no Clara')

async function keep(name: string, bytes: Buffer) {
  const { accepted } = await inspectFiles(db, [await received(context, name, bytes)])
  return keepFiles(context, accepted)
}
const attach = (kept: Awaited<ReturnType<typeof keep>>) =>
  createTicket(
    context,
    clara,
    { areaId: cast.areas.sistemas, categoryId: cast.categories.red, subject: 'A', description: 'D' },
    kept,
  )
const nameOf = ([kept]: Awaited<ReturnType<typeof keep>>) =>
  storedName({ id: kept?.storedFileId ?? 0, sha256: kept?.sha256 ?? '' })
const exists = (name: string) => existsSync(join(uploads, placeOf(name)))

/** An entry that was written at the same moment wins: the whole deletion fails, and is tried again an hour later. */
function unlessNamed(error: unknown): number {
  if (!/foreign key/i.test(String(error))) throw error
  return 0
}

/** As if everything in the storage had been there for two days. */
function age() {
  clock.advance({ days: 2 })
}

describe('the sweep', () => {
  it('removes what no entry names, with what was received and left, and nothing else', async () => {
    const named = await keep('a.png', await picture(41, 41))
    await attach(named)
    const orphan = await keep('b.png', await picture(42, 42))
    await received(context, 'resto', Buffer.from('resto'))
    age()
    const young = await keep('c.txt', Buffer.from('reciente'))
    clock.advance({ minutes: 23 * 60 })
    // Both the picture and its thumbnail.
    expect(await sweepFiles(context)).toBe(2)
    expect([exists(nameOf(named)), exists(nameOf(orphan)), exists(nameOf(young))]).toEqual([true, false, true])
    expect(await files.stat(nameOf(named))).not.toBeNull()
    expect(readdirSync(incoming)).toEqual([])
    expect(await sweepFiles(context)).toBe(0)
  })

  it('leaves the thumbnail of what is named', async () => {
    const kept = await keep('d.png', await picture(43, 43))
    await attach(kept)
    age()
    await sweepFiles(context)
    const row = await db.prisma.storedFile.findUniqueOrThrow({ where: { id: kept[0]?.thumbnailFileId ?? 0 } })
    expect(exists(storedName(row))).toBe(true)
  })

  it('leaves what somebody has just stored again', async () => {
    const bytes = Buffer.from('otra vez')
    await keep('e.txt', bytes)
    age()
    const again = await keep('e.txt', bytes)
    await sweepFiles(context)
    await attach(again)
    expect(await text(await files.open(nameOf(again)))).toBe('otra vez')
  })

  it('that comes before a very slow entry makes the entry fail, never a file be missing', async () => {
    const kept = await keep('f.txt', Buffer.from('lento'))
    age()
    expect(await sweepFiles(context)).toBe(1)
    const before = await db.prisma.ticket.count()
    await expect(attach(kept)).rejects.toThrow()
    expect(await db.prisma.ticket.count()).toBe(before)
  })

  it('never gives a removed file’s name to another, so that a late removal meets nobody', async () => {
    const bytes = Buffer.from('vuelve')
    const first = await keep('g.txt', bytes)
    age()
    await sweepFiles(context)
    const second = await keep('g.txt', bytes)
    expect(nameOf(second)).not.toBe(nameOf(first))
    await files.remove(nameOf(first))
    await attach(second)
    expect(await text(await files.open(nameOf(second)))).toBe('vuelve')
  })

  it('removes a file whose row is gone already, once it is old', async () => {
    const kept = await keep('h.txt', Buffer.from('cortado'))
    await db.prisma.storedFile.delete({ where: { id: kept[0]?.storedFileId ?? 0 } })
    const path = join(uploads, placeOf(nameOf(kept)))
    utimesSync(path, clock.now(), clock.now())
    await sweepFiles(context)
    expect(existsSync(path)).toBe(true)
    age()
    expect(await sweepFiles(context)).toBe(1)
    expect(existsSync(path)).toBe(false)
  })

  it('beside people who store, name and give up the same few files never takes one that is named', async () => {
    const contents = Array.from({ length: 4 }, (_, index) => Buffer.from(`contenido ${index}`))
    const now = clock.now()
    // Every row is old enough at once, so that only locks and keys stand between sweep and loss.
    const ahead = {
      db,
      clock: { now: () => new Date(now.getTime() + 3 * 24 * 3600 * 1000) },
      // What is on its way here is as young as it is.
      files: { ...files, list: () => files.list(new Date(0)) },
      incoming: mkdtempSync(join(incoming, '..', 'nada-')),
    }
    const named: { name: string; bytes: Buffer }[] = []
    let storing = true
    const sweeping = (async () => {
      let removed = 0
      while (storing) removed += await sweepFiles(ahead).catch(unlessNamed)
      return removed
    })()
    await Promise.all(
      contents.map(async bytes => {
        for (let turn = 0; turn < 25; turn++) {
          const kept = await keep('i.txt', Buffer.concat([bytes, Buffer.from(String(turn % 5))]))
          if (turn % 5 !== 4) continue
          const done = await attach(kept).catch(() => null)
          if (done) named.push({ name: nameOf(kept), bytes: Buffer.concat([bytes, Buffer.from(String(turn % 5))]) })
        }
      }),
    )
    storing = false
    expect(await sweeping).toBeGreaterThan(0)
    for (const { name, bytes } of named) expect(await text(await files.open(name))).toBe(bytes.toString())
  })
})

it('is done as a job, which several processes may ask for at once, is there after a restart, and stops when asked', {
  timeout: 60_000,
}, async () => {
  const withoutMail = { smtpUrl: undefined, mailFrom: '', secret: '' }
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: line => lines.push(JSON.parse(line)) })
  const starts = await Promise.all(Array.from({ length: 4 }, () => startBackgroundWork(context, withoutMail, log)))
  await Promise.all(starts.map(stop => stop()))
  await (await startBackgroundWork(context, withoutMail, log))()
  const { rows } = await db.pool.query('SELECT name, cron FROM jobs.schedule ORDER BY name')
  expect(rows).toEqual([
    { name: 'enviar-correos', cron: '* * * * *' },
    { name: 'limpiar-archivos', cron: '17 * * * *' },
    { name: 'olvidar-correos', cron: '27 * * * *' },
  ])
  const orphan = await keep('j.txt', Buffer.from('por la tarea'))
  age()
  await db.pool.query("INSERT INTO jobs.job (name) VALUES ('limpiar-archivos')")
  const stop = await startBackgroundWork(context, withoutMail, log)
  await vi.waitFor(() => expect(exists(nameOf(orphan))).toBe(false), { timeout: 30_000 })
  await stop()
  expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([])
})
