import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  return findRoot(dirname(folder))
}

/** The project's folder (absolute), the same whether the code runs from src/ or from dist/. */
export const projectRoot = findRoot(import.meta.dirname)
