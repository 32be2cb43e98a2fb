import type { Measurements } from '../platform/metrics.ts'

/** What the process that listens says to one that serves pages. */
export type ToWorker =
  | { kind: 'begin'; number: number; databaseUrl: string }
  /** With a connection, to be answered by `taken`. */
  | { kind: 'connection' }
  | { kind: 'measure'; question: number }
  /** No connection comes after it. */
  | { kind: 'stop' }

/** What a process that serves pages says. */
export type FromWorker =
  | { kind: 'ready' }
  /** It ends now; the complaint is for the operator. */
  | { kind: 'failed'; complaint: string }
  | { kind: 'taken' }
  /** It ends by itself, once it has finished what it does; no further connection is of use to it. */
  | { kind: 'ending' }
  | { kind: 'measured'; question: number; measurements: Measurements }
