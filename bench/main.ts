import { parseArgs } from 'node:util'
import { keptDatabase } from './database/kept.ts'

const { values } = parseArgs({
  options: {
    /** How many tickets, separated by commas. */
    sizes: { type: 'string', default: '10000,1000000' },
  },
})

for (const size of values.sizes.split(',')) await keptDatabase(Number(size))
