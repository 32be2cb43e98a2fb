import { connect } from 'node:net'
import { afterAll, afterEach } from 'vitest'
import { copyProject, type Started, start } from './packaged-app.ts'

/** The real application as processes of their own, in a copy of the project. */
export interface Processes {
  folder: string
  /** Starts one; it is killed after the test. */
  run(environment: Record<string, string>): Started
  /** Ends what runs. */
  killAll(): Promise<void>
}

/** Call at the top of a test file; the processes go after each test, the copy when the file is done. */
export function useProcesses(): Processes {
  const copy = copyProject({ built: true })
  const running: Started[] = []
  const killAll = async () => {
    await Promise.all(running.splice(0).map(application => application.kill()))
  }
  afterEach(killAll)
  afterAll(() => copy.remove())
  return {
    folder: copy.folder,
    run(environment) {
      const application = start(copy.folder, environment, [process.execPath, 'scripts/start.mjs'])
      running.push(application)
      return application
    },
    killAll,
  }
}

/** The log lines of an application, as parsed JSON. */
export function logOf(application: Started): Record<string, unknown>[] {
  return application
    .output()
    .split('\n')
    .filter(line => line.startsWith('{') && line.endsWith('}'))
    .map(line => JSON.parse(line))
}

/** Whether nobody listens there. */
export function refusesConnections(origin: string): Promise<boolean> {
  const { hostname, port } = new URL(origin)
  return new Promise(resolve => {
    const socket = connect(Number(port), hostname, () => {
      socket.destroy()
      resolve(false)
    }).on('error', () => resolve(true))
  })
}
