import { defineConfig } from 'vitest/config'

/** Measurements: each file alone, on the application and the PostgreSQL of the tests. */
export default defineConfig({
  test: {
    globalSetup: 'tests/support/global-setup.ts',
    include: ['bench/*.bench.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    env: { NODE_ENV: 'test' },
  },
})
