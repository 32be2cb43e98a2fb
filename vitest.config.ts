import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Tests that hold a time or a memory against a limit: they run when nothing else does, each in a process of its own. */
const timed = ['tests/start.test.ts', 'tests/browser/speed.test.ts', 'tests/import/madrid.test.ts']

/** What takes longest begins first, or one process would work on it at the end while the others have nothing to do. */
const longest = [
  'tests/browser/pages.test.ts',
  'tests/access-matrix.test.ts',
  'tests/operation/workers.test.ts',
  'tests/browser/surveys.test.ts',
  'tests/demo/load.test.ts',
  'tests/browser/life.test.ts',
  'tests/browser/settings.test.ts',
  'tests/import/people.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex(path => moduleId.endsWith(path))
      return place < 0 ? longest.length : place
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: 'tests/support/global-setup.ts',
    pool: 'forks',
    // Files share the modules and the browser of their process: loading them took more than a third of all processor time.
    // Nothing in them is replaced, and each file has a database and an application of its own.
    isolate: false,
    // Real databases, browsers and processes: slow only when something hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    // What is waited for comes at once, but on a loaded machine.
    expect: { poll: { timeout: 30_000, interval: 20 } },
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
      {
        extends: true,
        test: { name: 'solas', include: timed, maxWorkers: 1, isolate: true, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
