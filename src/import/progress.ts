import type { WriteStream } from 'node:tty'
import { SingleBar } from 'cli-progress'
import type { Progress } from './import.ts'
import { formatCount, formatDuration } from './summary.ts'

export interface ProgressDisplay {
  update(progress: Progress): void
  stop(): void
}

/** Seconds between two lines where there is no terminal to draw a bar on. */
const pause = 5

/** Shows how far an import is, its rate and the time left, judged by the bytes of the file that have been read. */
export function showProgress(stream: WriteStream): ProgressDisplay {
  const started = performance.now()
  const measure = (progress: Progress) => pace(progress, (performance.now() - started) / 1000)
  return stream.isTTY ? bar(stream, measure) : lines(stream, measure)
}

type Measure = (progress: Progress) => ReturnType<typeof pace>

function pace({ loaded, alreadyThere, rejected, bytesRead, bytesTotal }: Progress, seconds: number) {
  const requests = loaded + alreadyThere + rejected
  return {
    requests: formatCount(requests),
    rate: formatCount(Math.round(requests / Math.max(seconds, 0.001))),
    left: formatDuration((seconds * (bytesTotal - bytesRead)) / Math.max(bytesRead, 1)),
  }
}

function bar(stream: WriteStream, measure: Measure): ProgressDisplay {
  const drawn = new SingleBar({
    stream,
    format: '{bar} {percentage} % · {requests} solicitudes · {rate}/s · faltan {left}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    gracefulExit: false,
  })
  return {
    update(progress) {
      if (!drawn.isActive) drawn.start(progress.bytesTotal, progress.bytesRead, measure(progress))
      drawn.update(progress.bytesRead, measure(progress))
    },
    stop: () => drawn.stop(),
  }
}

function lines(stream: WriteStream, measure: Measure): ProgressDisplay {
  let last = performance.now()
  return {
    update(progress) {
      if (performance.now() - last < pause * 1000) return
      last = performance.now()
      const { requests, rate, left } = measure(progress)
      const percentage = Math.floor((100 * progress.bytesRead) / progress.bytesTotal)
      stream.write(`${percentage} % · ${requests} solicitudes · ${rate}/s · faltan ${left}\n`)
    },
    stop() {},
  }
}
