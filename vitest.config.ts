import { defineConfig } from 'vitest/config'

/** Tests that hold a time against a limit: they run when nothing else does, or the time would be the others'. */
const timed = ['tests/start.test.ts']

export default defineConfig({
  test: {
    globalSetup: 'tests/support/global-setup.ts',
    pool: 'forks',
    // Real databases, browsers and processes: slow only when something hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    // Dates are shown in the zone of the configuration, never in that of the machine.
    env: { NODE_ENV: 'test', TZ: 'Pacific/Chatham' },
    projects: [
      {
        extends: true,
        test: {
          name: 'juntas',
          include: ['tests/**/*.test.ts'],
          exclude: timed,
          // A file waits for PostgreSQL or Chromium half of its time; more workers only fight for the two cores.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'solas', include: timed, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
