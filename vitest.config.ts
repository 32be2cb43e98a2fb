import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/global-setup.ts',
    pool: 'forks',
    // A test file waits for PostgreSQL or Chromium half of its time; more workers than this only fight for the two cores.
    maxWorkers: 3,
    // Real databases, browsers and processes: slow only when something hangs.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    // Dates are shown in the zone of the configuration, never in that of the machine.
    env: { NODE_ENV: 'test', TZ: 'Pacific/Chatham' },
  },
})
