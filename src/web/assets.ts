/**
 * Styles, scripts and pictures. They are made once per content into dist/assets/<hash>/, compressed beforehand, and served for
 * ever under /estaticos/<hash>/: a changed file has another address. `npm run build` makes them; where it did not run, as in the
 * tests, the first use does.
 */
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { RequestHandler } from 'express'
import sirv from 'sirv'
import { projectRoot } from '../platform/root.ts'
import { keepQuiet, nameRoute } from './request-log.ts'
import { deriveStylesheet, wordsOf } from './stylesheet.ts'

const PREFIX = '/estaticos'

/** Tabler's styles and ours in one file: a page that waits for twenty of them over a slow line stays empty for long. */
const STYLESHEET = 'css/styles.css'
/** Ours below public/css/, in the order of the cascade: what all pages have, then what the slices add. */
const SHEETS = [
  ...['app', 'frame', 'menus', 'page', 'parts', 'notices', 'patterns', 'list-head', 'ticket-list', 'ticket', 'log'],
  ...['ticket-forms', 'attachments', 'account', 'listing', 'people', 'settings', 'surveys', 'results', 'search'],
]
const YEAR = 365 * 24 * 60 * 60
const COMPRESSIBLE = new Set(['.css', '.js', '.svg', '.json', '.webmanifest', '.txt'])

export const assetsFolder = join(projectRoot, 'dist', 'assets')

/**
 * The address of a static file.
 * @param path below public/, such as "img/mark.svg", or "css/styles.css"; one that does not exist throws
 */
export function asset(path: string): string {
  const { hash, files } = currentAssets()
  if (!files.has(path)) throw new Error(`Unknown asset: ${path}`)
  return `${PREFIX}/${hash}/${path}`
}

/** Answers GET and HEAD of /estaticos/* and /robots.txt; everything else goes on. Belongs before session and sign-in. */
export function staticFiles(): RequestHandler {
  const { hash } = currentAssets()
  const serve = sirv(assetsFolder, { brotli: true, gzip: true, maxAge: YEAR, immutable: true })
  const robots = readFileSync(join(assetsFolder, hash, 'robots.txt'), 'utf8')
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next()
    const isRobots = req.path === '/robots.txt'
    if (!isRobots && !req.path.startsWith(`${PREFIX}/`)) return next()
    nameRoute(res, isRobots ? req.path : `${PREFIX}/*`)
    keepQuiet(res)
    if (isRobots) return void res.type('text/plain').set('Cache-Control', 'max-age=86400').send(robots)
    req.url = req.url.slice(PREFIX.length)
    serve(req, res, () => void res.status(404).type('text/plain').send('No existe este archivo.'))
  }
}

interface Assets {
  hash: string
  files: Set<string>
}

let current: Assets | undefined

function currentAssets(): Assets {
  current ??= buildAssets()
  return current
}

/** Makes what dist/assets lacks; several processes may do so at once. */
export function buildAssets(): Assets {
  const sources = readSources()
  const hash = createHash('sha256')
  for (const [path, bytes] of sources) hash.update(`${path}\0${bytes.length}\0`).update(bytes)
  const name = hash.digest('hex').slice(0, 12)
  const files = new Set([STYLESHEET, ...publicFiles(sources)])
  if (!existsSync(join(assetsFolder, name))) write(sources, name)
  return { hash: name, files }
}

type Sources = Map<string, Buffer>

/** Everything that the result depends on, this code included. */
function readSources(): Sources {
  const tabler = createRequire(import.meta.url).resolve('@tabler/core/dist/css/tabler.min.css')
  const code = readdirSync(import.meta.dirname).filter(name => /^(assets|stylesheet)\.[jt]s$/.test(name))
  return new Map([
    ['tabler', readFileSync(tabler)],
    ...code.map((name): [string, Buffer] => [`code/${name}`, readFileSync(join(import.meta.dirname, name))]),
    ...filesBelow('views'),
    ...filesBelow('public'),
  ])
}

function filesBelow(folder: string): [string, Buffer][] {
  return readdirSync(join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .map(path => [path.slice(projectRoot.length + 1).replaceAll('\\', '/'), readFileSync(path)])
}

/** All but the sheets, which are joined. */
const publicFiles = (sources: Sources) =>
  [...sources.keys()]
    .filter(path => path.startsWith('public/') && !path.startsWith('public/css/'))
    .map(path => path.slice('public/'.length))

function write(sources: Sources, name: string) {
  mkdirSync(assetsFolder, { recursive: true })
  // Beside the folder, not in it: other processes are walking through that.
  const draft = mkdtempSync(`${assetsFolder}-draft-`)
  for (const path of publicFiles(sources)) put(join(draft, path), sources.get(`public/${path}`) as Buffer)
  put(join(draft, STYLESHEET), Buffer.from(stylesheet(sources)))
  try {
    renameSync(draft, join(assetsFolder, name))
  } catch (error) {
    rmSync(draft, { recursive: true })
    // Another process finished the same folder first.
    if (!existsSync(join(assetsFolder, name))) throw error
  }
}

function stylesheet(sources: Sources): string {
  const pages = [...sources].filter(([path]) => path.endsWith('.ejs') || path.endsWith('.js'))
  const words = new Set(pages.flatMap(([, text]) => wordsOf(text.toString('utf8'))))
  const tabler = deriveStylesheet((sources.get('tabler') as Buffer).toString('utf8'), words)
  return [tabler, ...SHEETS.map(name => sources.get(`public/css/${name}.css`))].join('\n')
}

function put(file: string, bytes: Buffer) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  if (!COMPRESSIBLE.has(extname(file))) return
  writeFileSync(`${file}.br`, brotliCompressSync(bytes))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}
