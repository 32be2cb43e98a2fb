/** Part of `npm run build`: makes the static files, and removes those of earlier builds that no open page can still ask for. */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { assetsFolder, buildAssets } from '../src/web/assets.ts'

const DAY = 24 * 60 * 60 * 1000

const { hash } = buildAssets()
for (const name of readdirSync(assetsFolder)) {
  const folder = join(assetsFolder, name)
  if (name !== hash && Date.now() - statSync(folder).mtimeMs > DAY) rmSync(folder, { recursive: true, force: true })
}
