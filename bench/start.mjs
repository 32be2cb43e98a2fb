// What `npm run bench` runs: set-up, the bench itself compiled beside the application, then the measurements.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { setUp } from '../scripts/setup.mjs'

try {
  await setUp({ development: true })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url))
const compiled = spawnSync(process.execPath, [path('../node_modules/typescript/bin/tsc'), '-p', path('.')], {
  stdio: 'inherit',
})
if (compiled.status !== 0) process.exit(1)
await import(new URL('../dist/bench/main.js', import.meta.url).href)
