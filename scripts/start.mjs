// What `npm start` runs. The server runs in this same process, so that signals reach it.
import { setUp } from './setup.mjs'

try {
  await setUp()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
const { serve } = await import(new URL('../dist/src/server.js', import.meta.url).href)
await serve()
