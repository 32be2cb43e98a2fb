// Runs one of the programs of this folder that are written in TypeScript: node scripts/run.mjs <name> [arguments]
import { setUp } from './setup.mjs'

const [name = '', ...options] = process.argv.slice(2)
try {
  await setUp()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
const program = new URL(`../dist/scripts/${name}.js`, import.meta.url)
// As if node had been called with the program itself.
process.argv.splice(1, process.argv.length - 1, program.pathname, ...options)
await import(program.href)
