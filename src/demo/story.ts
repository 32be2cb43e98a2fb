/** What somebody reports, and how it ends. `{lugar}` and the like are filled from content-slots.ts. */
export interface Story {
  subject: string
  description: string
  resolution: string
}

/** The stories of an area by category. */
export type Stories = Readonly<Record<string, readonly Story[]>>

/** How the people of an area write in the bitácora. */
export interface Voice {
  /** Public entries of whoever attends. */
  progress: readonly string[]
  /** Internal entries of whoever attends. */
  notes: readonly string[]
  /** What is asked in public, and what the requester answers. */
  exchanges: readonly { question: string; answer: string }[]
}
