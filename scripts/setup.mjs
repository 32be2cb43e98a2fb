// Makes a fresh clone ready to run: dependencies, Prisma client, build. Runs before anything is installed, so it is
// plain JavaScript without dependencies. What is up to date already costs some tens of milliseconds.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const inRoot = (/** @type {string[]} */ ...names) => join(root, ...names)

/**
 * @typedef {object} Step
 * @property {string} title what is printed in front of the work
 * @property {() => boolean} isDone
 * @property {() => Promise<void>} run repeated from the start if it was killed half-way
 */

/**
 * @param {{ development?: boolean }} [options] development: what only the tests need is installed, too
 * @throws {Error} with a Spanish sentence
 */
export async function setUp({ development = false } = {}) {
  checkNode()
  const steps = [dependencies(development), prismaClient, build, assets]
  if (steps.every(step => step.isDone())) return
  await withLock(inRoot('dist', '.lock'), async () => {
    for (const step of steps) {
      if (step.isDone()) continue
      console.log(step.title)
      await step.run()
    }
  })
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24) return
  throw new Error(`Se necesita Node.js 20.19, 22.12, 24 o posterior; éste es ${process.versions.node}.`)
}

/** @type {(development: boolean) => Step} */
const dependencies = development => ({
  title: 'Instalando las dependencias…',
  isDone() {
    const installed = readPackages('node_modules/.package-lock.json')
    const wanted = Object.entries(readPackages('package-lock.json') ?? {})
    return wanted.every(
      ([path, { version, integrity, optional, dev }]) =>
        path === '' ||
        (dev && !development && !installed?.[path]) ||
        // npm leaves out what is made for another system.
        (optional && installed && !installed[path]) ||
        (installed?.[path]?.version === version && (!integrity || installed?.[path]?.integrity === integrity)),
    )
  },
  async run() {
    if (lstatSync(inRoot('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new Error('node_modules es un enlace a dependencias que no son las de package-lock.json; instálelas allí.')
    }
    // The npm that runs us, if any; npm installs all or, killed half-way, leaves no list of what it installed.
    await endOrphan()
    const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
    await execute(
      [...npm, 'ci', ...(development ? ['--include=dev'] : [])],
      'No se pudieron instalar las dependencias',
      pid => writeFileSync(installerFile, String(pid)),
    )
  },
})

const installerFile = inRoot('dist', '.npm-pid')

/** An npm whose set-up was killed goes on by itself, and would write where the next one removes. */
async function endOrphan() {
  const pid = existsSync(installerFile) ? Number(readFileSync(installerFile, 'utf8')) : 0
  while (pid > 0 && commandOf(pid).startsWith('npm ci')) {
    process.kill(pid, 'SIGKILL')
    await wait(50)
  }
}

/**
 * npm calls itself "npm ci" in the list of processes, so that a pid which is somebody else's by now is left alone.
 * @param {number} pid
 */
function commandOf(pid) {
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, dev?: boolean }} Package */

/**
 * @param {string} lockfile
 * @returns {Record<string, Package> | undefined}
 */
function readPackages(lockfile) {
  return existsSync(inRoot(lockfile)) ? JSON.parse(readFileSync(inRoot(lockfile), 'utf8')).packages : undefined
}

/** @type {Step} */
const prismaClient = {
  title: 'Generando el cliente de la base de datos…',
  isDone: () => isStamped('src/generated/prisma/.stamp', clientSources),
  run: () =>
    stampAfter('src/generated/prisma/.stamp', clientSources, () =>
      execute(
        [process.execPath, inRoot('node_modules/prisma/build/index.js'), 'generate'],
        'No se pudo generar el cliente de la base de datos',
      ),
    ),
}

/** @type {Step} */
const build = {
  title: 'Compilando…',
  isDone: () => isStamped('dist/.stamp', buildSources),
  run: () =>
    stampAfter('dist/.stamp', buildSources, async () => {
      for (const name of ['src', 'scripts']) rmSync(inRoot('dist', name), { recursive: true, force: true })
      const tsc = inRoot('node_modules/typescript/bin/tsc')
      await execute([process.execPath, tsc, '-p', inRoot('tsconfig.build.json')], 'No se pudo compilar')
    }),
}

/** @type {Step} */
const assets = {
  title: 'Preparando los archivos públicos…',
  isDone: () => isStamped('dist/.assets-stamp', assetSources),
  run: () =>
    stampAfter('dist/.assets-stamp', assetSources, () =>
      execute(
        [process.execPath, inRoot('dist/scripts/build-assets.js')],
        'No se pudieron preparar los archivos públicos',
      ),
    ),
}

const clientSources = ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']
const buildSources = [...clientSources, 'src', 'scripts', 'tsconfig.json', 'tsconfig.build.json']
const assetSources = ['package-lock.json', 'public', 'views', 'src/web', 'scripts/build-assets.ts']

/** @type {(file: string, sources: string[]) => boolean} */
function isStamped(file, sources) {
  return existsSync(inRoot(file)) && readFileSync(inRoot(file), 'utf8') === fingerprint(sources)
}

/**
 * The stamp is that of the sources as they were before the work: what changes meanwhile is worked on the next time.
 * @type {(file: string, sources: string[], work: () => Promise<void>) => Promise<void>}
 */
async function stampAfter(file, sources, work) {
  const before = fingerprint(sources)
  rmSync(inRoot(file), { force: true })
  await work()
  mkdirSync(dirname(inRoot(file)), { recursive: true })
  writeFileSync(inRoot(file), before)
}

/**
 * By content: times change with every copy and checkout.
 * @param {string[]} sources files and folders
 */
function fingerprint(sources) {
  const hash = createHash('sha256').update(process.version)
  const add = (/** @type {string} */ path) => {
    if (path === 'src/generated' || !existsSync(inRoot(path))) return
    const entries = listFolder(path)
    if (entries) for (const name of entries) add(`${path}/${name}`)
    else hash.update(`\0${path}\0`).update(readFileSync(inRoot(path)))
  }
  sources.forEach(add)
  return hash.digest('hex')
}

/** @param {string} path */
function listFolder(path) {
  try {
    return readdirSync(inRoot(path)).sort()
  } catch {
    return undefined
  }
}

/**
 * @param {string[]} command
 * @param {string} complaint the beginning of a Spanish sentence
 * @param {(pid: number) => void} [started]
 */
async function execute([program = '', ...options], complaint, started) {
  const child = spawn(program, options, {
    cwd: root,
    // Only what goes wrong is of interest, and stdout belongs to whoever called us.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  })
  if (child.pid) started?.(child.pid)
  /** @type {Buffer[]} */
  const output = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => output.push(chunk))
  let interrupted = false
  const stop = () => {
    interrupted = true
    child.kill()
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
  const code = await new Promise(settle => child.once('error', settle).once('close', settle))
  process.off('SIGTERM', stop).off('SIGINT', stop)
  if (interrupted) throw new Error('Interrumpido.')
  if (code === 0) return
  process.stderr.write(Buffer.concat(output))
  throw new Error(`${complaint} (${code instanceof Error ? code.message : `código ${code}`}).`)
}
