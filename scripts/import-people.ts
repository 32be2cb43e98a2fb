import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, loadConfig } from '../src/config.ts'
import { complaintOf } from '../src/import/complaint.ts'
import { peopleHelp } from '../src/import/people/help.ts'
import { importPeople } from '../src/import/people/import.ts'
import { describePeople } from '../src/import/people/summary.ts'
import { ImportRefused } from '../src/import/refused.ts'
import { inspectSource } from '../src/import/source.ts'
import { agree } from '../src/platform/agreement.ts'
import { systemClock } from '../src/platform/clock.ts'
import type { Database } from '../src/platform/db.ts'
import { sealOf } from '../src/platform/seal.ts'
import { sameSecret } from '../src/start/agreement.ts'
import { openDatabase } from '../src/start/database.ts'
import { sessionSecret } from '../src/start/secret.ts'
import { findViewer } from '../src/users/viewer.ts'

const seeHelp = 'Ayuda: npm run import-people -- --help'

process.exitCode = await main(process.argv.slice(2)).catch(error => {
  console.error(...complaintOf(error))
  return 1
})

async function main(words: string[]): Promise<number> {
  const { file, rejects, email, apply, invite, wantsHelp } = readArguments(words)
  if (wantsHelp) {
    console.log(peopleHelp)
    return 0
  }
  await inspectSource(file)
  const config = loadConfig()
  const { db, url, notices, close } = await openDatabase(config)
  let leave = async () => {}
  try {
    // Whoever delivers the invitations has to be able to open them.
    if (invite) leave = await agree(url, [sameSecret(sessionSecret(config))])
    for (const notice of notices) console.log(notice)
    const viewer = await viewerOf(db, email)
    const actor = { id: viewer.id, address: '' }
    const links = invite ? linksOf(config) : null
    const summary = await importPeople({ db, clock: systemClock, file, rejects, viewer, actor, links, apply })
    console.log(describePeople(summary))
    return 0
  } finally {
    await leave()
    await close()
  }
}

async function viewerOf(db: Database, email: string) {
  const found = await db.prisma.user.findFirst({ where: { email: email.trim().toLowerCase() }, select: { id: true } })
  const viewer = found && (await findViewer(db, found.id))
  if (!viewer) throw new ImportRefused(`No hay ninguna cuenta activa con el correo ${email}. ${seeHelp}`)
  return viewer
}

// A declaration, for main() runs before any constant down here is made.
function linksOf(config: Config) {
  return { publicUrl: config.publicUrl, seal: sealOf(sessionSecret(config), 'correo') }
}

function readArguments(words: string[]) {
  const { values, positionals } = parse(words)
  const [file, ...more] = positionals
  const wantsHelp = values.help ?? false
  if (!wantsHelp && (file === undefined || more.length > 0)) {
    throw new ImportRefused(`Indique un archivo CSV. ${seeHelp}`)
  }
  if (!wantsHelp && !values.as) throw new ImportRefused(`Falta --as con el correo de quien importa. ${seeHelp}`)
  // npm starts scripts in the project's folder; the person typed the paths in another one.
  const folder = process.env.INIT_CWD ?? process.cwd()
  const name = basename(file ?? '').replace(/(\.csv)?(\.gz)?$/i, '')
  return {
    file: resolve(folder, file ?? ''),
    rejects: resolve(folder, values.rejects ?? `${name}.rechazos.csv`),
    email: values.as ?? '',
    apply: values.apply ?? false,
    invite: values.invite ?? false,
    wantsHelp,
  }
}

function parse(words: string[]) {
  const options = {
    as: { type: 'string' },
    apply: { type: 'boolean' },
    invite: { type: 'boolean' },
    rejects: { type: 'string' },
    help: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: words, options, allowPositionals: true })
  } catch {
    throw new ImportRefused(`No se entienden las opciones. ${seeHelp}`)
  }
}
