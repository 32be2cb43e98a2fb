import type { WriteStream } from 'node:tty'
import { SingleBar } from 'cli-progress'
import { formatCount, formatDuration } from './amounts.ts'

/** How far something is: `done` of `total` in any measure that tells the time left, and how many things that made. */
export interface Progress {
  done: number
  total: number
  count: number
}

export interface ProgressDisplay {
  update(progress: Progress): void
  stop(): void
}

/** Seconds between two lines where there is no terminal to draw a bar on. */
const pause = 5

/**
 * Shows how far something is, its rate and the time left.
 * @param things what is counted, in Spanish: "solicitudes"
 */
export function showProgress(stream: WriteStream, things: string): ProgressDisplay {
  const started = performance.now()
  const measure = (progress: Progress) => ({ things, ...pace(progress, (performance.now() - started) / 1000) })
  return stream.isTTY ? bar(stream, measure) : lines(stream, measure)
}

type Measure = (progress: Progress) => ReturnType<typeof pace> & { things: string }

function pace({ count, done, total }: Progress, seconds: number) {
  return {
    count: formatCount(count),
    rate: formatCount(Math.round(count / Math.max(seconds, 0.001))),
    left: formatDuration((seconds * (total - done)) / Math.max(done, 1)),
  }
}

function bar(stream: WriteStream, measure: Measure): ProgressDisplay {
  const drawn = new SingleBar({
    stream,
    format: '{bar} {percentage} % · {count} {things} · {rate}/s · faltan {left}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    gracefulExit: false,
  })
  return {
    update(progress) {
      if (!drawn.isActive) drawn.start(progress.total, progress.done, measure(progress))
      drawn.update(progress.done, measure(progress))
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
      const { count, things, rate, left } = measure(progress)
      const percentage = Math.floor((100 * progress.done) / progress.total)
      stream.write(`${percentage} % · ${count} ${things} · ${rate}/s · faltan ${left}\n`)
    },
    stop() {},
  }
}
