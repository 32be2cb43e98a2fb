import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const heartbeat = 1000
/** So long may a file stay untouched, watched by us, before we believe that its process is another one's by now. */
const patience = 30_000

/**
 * Does something while no other process does it. The lock is a file with its owner's pid, touched every second; one
 * whose owner is gone is taken over.
 * @param {string} path of the file
 * @param {() => Promise<void>} work
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  const owner = `${process.pid} ${randomBytes(6).toString('hex')}`
  let seen = { touched: 0, since: performance.now() }
  let told = false
  while (!take(path, owner)) {
    const holder = look(path)
    if (!holder) continue
    if (holder.touched !== seen.touched) seen = { touched: holder.touched, since: performance.now() }
    if (!isAlive(holder.pid) || performance.now() - seen.since > patience) dismiss(path, holder.text)
    else if (!told) console.log('Otro proceso está preparando la aplicación; se espera a que termine…')
    told = true
    await wait(100)
  }
  const timer = setInterval(() => utimesSync(path, new Date(), new Date()), heartbeat)
  try {
    await work()
  } finally {
    clearInterval(timer)
    dismiss(path, owner)
  }
}

/** @type {(path: string, owner: string) => boolean} */
function take(path, owner) {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, owner)
  try {
    // Unlike writing, linking is all or nothing: nobody reads a lock without its owner.
    linkSync(draft, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft)
  }
}

/** @param {string} path */
function look(path) {
  try {
    const text = readFileSync(path, 'utf8')
    return { text, pid: Number.parseInt(text, 10), touched: statSync(path).mtimeMs }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Removes the lock of one owner, and puts back what it took by mistake if another owner has come in between.
 * @type {(path: string, owner: string) => void}
 */
function dismiss(path, owner) {
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    renameSync(path, aside)
    if (readFileSync(aside, 'utf8') !== owner) linkSync(aside, path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
