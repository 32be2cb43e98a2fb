import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Binaries, findBinaries } from './postgres-binaries.ts'
import { errorCode, StartFailure } from './start-failure.ts'
import { moveOnce, writeOnce } from './write-once.ts'

/** Where a PostgreSQL server of ours lives and who runs it. */
export interface Place {
  /** Holds the database's files, its password and its logs. */
  home: string
  /** Holds initdb and postgres. */
  programs: string
  /** Whom to run them as; nobody else than ourselves unless we are root, whom PostgreSQL refuses. */
  account: Account | undefined
  /** What the operator should know, in Spanish. */
  notice: string | undefined
}

export interface Account {
  uid: number
  gid: number
}

/** The files of one PostgreSQL installation. */
export interface Cluster extends Place {
  /** PostgreSQL's own folder (PGDATA), absolute and without symbolic links. */
  files: string
  /** Of the superuser and of the application's role; random, one per installation. */
  password: string
}

const shelter = '/var/lib/tickets-de-soporte'

/**
 * As root the server runs as another account. Where that account cannot enter the project (below /root, say), the
 * database and a copy of the programs are kept under /var/lib; a small file beside `directory` remembers where.
 * @param directory where the database should be; its parent is made when missing
 */
export function choosePlace(directory: string): Place {
  makeWritable(dirname(directory))
  const binaries = findBinaries()
  const existing = sheltered(directory) ?? directory
  if (process.getuid?.() !== 0) {
    refuseNamelessAccount()
    return { home: existing, programs: join(binaries.folder, 'bin'), account: undefined, notice: undefined }
  }
  const account = ownerOf(existing) ?? postgresAccount()
  const home = reachableHome(directory, account)
  const notice =
    home === directory
      ? undefined
      : `La cuenta que ejecuta PostgreSQL no puede entrar en ${dirname(directory)}: la base de datos se guarda en ${home}.`
  return { home, programs: reachablePrograms(binaries, account), account, notice }
}

/** Options to start a program of PostgreSQL with: its account, and nothing of our environment (PGDATA, PGPORT, …). */
export function runAs(account: Account | undefined) {
  return { ...account, cwd: '/', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } }
}

/** PostgreSQL runs under no account that the system has no name for, as in a container with an arbitrary uid. */
function refuseNamelessAccount(): void {
  try {
    userInfo()
  } catch {
    throw new StartFailure(
      `La cuenta con uid ${process.getuid?.()} no tiene nombre en este sistema y PostgreSQL lo necesita; ` +
        'use otra cuenta o indique un PostgreSQL propio en DATABASE_URL.',
    )
  }
}

function makeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    // Really tried: root may write where the mode says no, and nobody may on a read-only disk.
    rmdirSync(mkdtempSync(join(folder, '.probe-')))
  } catch (error) {
    throw new StartFailure(`No se puede escribir en la carpeta de datos ${folder} (${errorCode(error) ?? error}).`)
  }
}

function sheltered(directory: string): string | undefined {
  return existsSync(pointer(directory)) ? readFileSync(pointer(directory), 'utf8').trim() : undefined
}

function pointer(directory: string): string {
  return `${directory}.location`
}

/** Who started a database goes on running it, unless that was root. */
function ownerOf(home: string): Account | undefined {
  const found = statSync(home, { throwIfNoEntry: false })
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined
}

function postgresAccount(): Account {
  const existing = lookUp('postgres')
  if (existing) return existing
  const home = ['--home-dir', '/nonexistent', '--no-create-home', '--shell', '/usr/sbin/nologin']
  spawnSync('useradd', ['--system', '--user-group', ...home, 'postgres'])
  // Looked up again whatever useradd said: another process may have made the account in between.
  const made = lookUp('postgres')
  if (made) return made
  throw new StartFailure(
    'PostgreSQL no puede ejecutarse como root y no se pudo crear la cuenta postgres; arranque con una cuenta normal.',
  )
}

function lookUp(name: string): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map(option => Number.parseInt(`${spawnSync('id', [option, name]).stdout}`, 10))
  return uid && gid ? { uid, gid } : undefined
}

function reachableHome(directory: string, account: Account): string {
  const elsewhere = sheltered(directory)
  if (elsewhere) return elsewhere
  if (canEnter(dirname(directory), account)) return directory
  if (existsSync(directory)) {
    throw new StartFailure(
      `La base de datos está en ${directory}, donde la cuenta que la ejecuta (uid ${account.uid}) no puede entrar; ` +
        'dele permiso de paso en todas las carpetas de esa ruta (chmod o+x).',
    )
  }
  const project = basename(dirname(dirname(directory))).replace(/[^\w.-]/g, '_')
  const home = join(openShelter(), `${project}-${randomBytes(6).toString('hex')}`)
  return writeOnce(pointer(directory), home, 0o644).trim()
}

function openShelter(): string {
  mkdirSync(shelter, { recursive: true })
  // Said again because the umask may have taken the others' right to pass.
  chmodSync(shelter, 0o755)
  return shelter
}

/** Asks the system itself, as that account: modes, ACLs and mounts all have their say. */
function canEnter(folder: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], runAs(account)).status === 0
}

function reachablePrograms(binaries: Binaries, account: Account): string {
  const programs = join(binaries.folder, 'bin')
  if (canRun(programs, account)) return programs
  const copy = join(openShelter(), `postgresql-${binaries.version}`)
  if (!existsSync(copy)) {
    const draft = mkdtempSync(`${copy}.`)
    cpSync(binaries.folder, draft, { recursive: true, verbatimSymlinks: true })
    spawnSync('chmod', ['-R', 'a+rX', draft])
    moveOnce(draft, copy)
  }
  if (canRun(join(copy, 'bin'), account)) return join(copy, 'bin')
  throw new StartFailure(
    `El PostgreSQL incluido no funciona en este sistema (${programs}); indique uno propio en DATABASE_URL.`,
  )
}

function canRun(programs: string, account: Account): boolean {
  return spawnSync(join(programs, 'postgres'), ['--version'], runAs(account)).status === 0
}
