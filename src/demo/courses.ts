import type { TicketStatus } from '../generated/prisma/enums.ts'

/** What somebody does to a ticket. Who it is follows from the move and from who owns the ticket. */
export type Move =
  | 'assign'
  | 'assignGroup'
  | 'reassign'
  | 'start'
  | 'progress'
  | 'note'
  | 'ask'
  | 'reply'
  | 'add'
  | 'chase'
  | 'instruct'
  | 'impede'
  | 'clear'
  | 'finish'
  | 'thank'
  | 'reopen'
  | 'reopenByRequester'
  | 'cancel'
  | 'cancelByRequester'

/** The ways in which tickets come to their state, taken in turn. An owner's first entry starts an assigned ticket. */
export const courses: Readonly<Record<TicketStatus, readonly (readonly Move[])[]>> = {
  REGISTRADO: [[], [], ['add'], [], [], ['ask', 'reply'], []],
  ASIGNADO: [
    ['assign'],
    ['assignGroup'],
    ['assign', 'add'],
    ['assign', 'instruct'],
    ['assignGroup', 'instruct'],
    ['ask', 'reply', 'assign'],
    ['assign', 'reassign'],
    ['assignGroup', 'chase'],
    ['assign', 'start', 'progress', 'reassign'],
  ],
  EN_PROCESO: [
    ['assign', 'start', 'progress'],
    ['assignGroup', 'start', 'note', 'progress'],
    ['assign', 'start', 'ask', 'reply', 'impede'],
    ['assign', 'progress'],
    ['assign', 'start', 'progress', 'finish', 'reopenByRequester', 'progress'],
    ['assignGroup', 'start', 'progress', 'chase', 'progress'],
    ['assign', 'start'],
    ['assign', 'instruct', 'start', 'note', 'impede'],
    ['assign', 'start', 'progress', 'reassign', 'start', 'note', 'progress'],
    ['assignGroup', 'start', 'progress', 'ask', 'reply', 'progress'],
    ['assign', 'start', 'finish', 'thank', 'reopen', 'note', 'progress'],
  ],
  FINALIZADO: [
    ['assign', 'start', 'progress', 'finish'],
    ['assign', 'start', 'finish', 'thank'],
    ['assignGroup', 'start', 'progress', 'finish', 'thank'],
    ['assign', 'progress', 'ask', 'reply', 'finish'],
    ['assign', 'start', 'note', 'impede', 'clear', 'progress', 'finish', 'thank'],
    ['assign', 'reassign', 'start', 'progress', 'finish'],
    ['assign', 'finish'],
    ['assignGroup', 'start', 'ask', 'reply', 'note', 'finish'],
    ['assign', 'start', 'progress', 'finish', 'reopenByRequester', 'progress', 'finish', 'thank'],
    ['assign', 'start', 'chase', 'impede', 'finish'],
    ['assign', 'instruct', 'start', 'progress', 'finish', 'thank'],
    ['ask', 'reply', 'assignGroup', 'start', 'progress', 'finish'],
    ['assign', 'start', 'progress', 'reassign', 'start', 'note', 'finish'],
    ['assign', 'start', 'finish', 'reopen', 'note', 'progress', 'finish'],
  ],
  CANCELADO: [
    ['cancelByRequester'],
    ['cancel'],
    ['assign', 'cancel'],
    ['assign', 'start', 'progress', 'cancel'],
    ['ask', 'cancel'],
    ['assignGroup', 'cancel'],
    ['add', 'cancelByRequester'],
    ['assign', 'start', 'ask', 'chase', 'cancel'],
  ],
}

/** Working minutes that pass before each move, at least and at most. */
export const pauses: Readonly<Record<Move, readonly [least: number, most: number]>> = {
  assign: [6, 240],
  assignGroup: [4, 150],
  reassign: [60, 500],
  start: [10, 400],
  progress: [30, 500],
  note: [10, 240],
  ask: [15, 200],
  reply: [15, 400],
  add: [3, 120],
  chase: [240, 900],
  instruct: [2, 40],
  impede: [20, 300],
  clear: [240, 1200],
  finish: [25, 700],
  thank: [4, 300],
  reopen: [90, 700],
  reopenByRequester: [60, 600],
  cancel: [20, 900],
  cancelByRequester: [5, 300],
}
