import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Cluster, type Place, runAs } from './postgres-place.ts'
import { isAlive } from './postgres-process.ts'
import { errorCode, StartFailure } from './start-failure.ts'
import { moveOnce } from './write-once.ts'

/** Opens the installation in `place.home`, made when missing, also after an interruption half-way. */
export async function openCluster(place: Place): Promise<Cluster> {
  if (!existsSync(place.home)) await createCluster(place)
  try {
    // Without symbolic links, so that every process calls it by the same name.
    const files = realpathSync(join(place.home, 'cluster'))
    const password = readFileSync(join(place.home, 'password'), 'utf8').trim()
    refuseOtherVersion(files)
    return { ...place, files, password }
  } catch (error) {
    if (errorCode(error) !== 'EACCES') throw error
    throw new StartFailure(`La base de datos de ${place.home} pertenece a otra cuenta; arranque con ella.`)
  }
}

const majorVersion = '18'

function refuseOtherVersion(files: string): void {
  const version = readFileSync(join(files, 'PG_VERSION'), 'utf8').trim()
  if (version === majorVersion) return
  throw new StartFailure(
    `La base de datos de ${files} es de PostgreSQL ${version} y este programa usa ${majorVersion}.`,
  )
}

/** Everything is made under another name and renamed at the end, so that what has the name is complete. */
async function createCluster(place: Place): Promise<void> {
  removeLeftovers(place.home)
  const draft = `${place.home}.draft-${process.pid}-${randomBytes(4).toString('hex')}`
  const files = join(draft, 'cluster')
  const password = join(draft, 'password')
  mkdirSync(draft, { mode: 0o700 })
  mkdirSync(files, { mode: 0o700 })
  writeFileSync(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flush: true })
  if (place.account) for (const path of [draft, files, password]) chownSync(path, place.account.uid, place.account.gid)
  try {
    await initialize(place, files, password)
    moveOnce(draft, place.home)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

async function initialize(place: Place, files: string, password: string): Promise<void> {
  const child = spawn(
    join(place.programs, 'initdb'),
    [
      `--pgdata=${files}`,
      '--username=postgres',
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own C.UTF-8 knows accented letters and depends on no library of the system, whose upgrades change
      // the order of texts and so break indexes. Lists that a person reads ask for a Spanish collation.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    // A session of its own, which Ctrl-C in the terminal does not reach.
    { ...runAs(place.account), stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  )
  const [[code], complaint] = await Promise.all([once(child, 'close'), text(child.stderr)])
  if (code === 0) return
  throw new StartFailure(`No se pudo crear la base de datos en ${place.home}: ${complaint.trim()}`)
}

/** What processes that are gone left half-made. */
function removeLeftovers(home: string): void {
  for (const name of readdirSync(dirname(home))) {
    const pid = name.startsWith(`${basename(home)}.draft-`) ? Number(name.split('-').at(-2)) : undefined
    if (pid && !isAlive(pid)) rmSync(join(dirname(home), name), { recursive: true, force: true, maxRetries: 5 })
  }
}
