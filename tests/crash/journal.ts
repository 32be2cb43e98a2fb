/** A write that somebody asked for; its text occurs nowhere else. */
export interface Write {
  kind: 'CREACION' | 'COMENTARIO' | 'ASIGNACION' | 'FINALIZACION' | 'REAPERTURA' | 'CANCELACION'
  text: string
  /** Null for a ticket whose creation was never acknowledged. */
  ticket: number | null
  /** The person was told that it is done. Otherwise it may be there or not, but not twice. */
  acknowledged: boolean
}

/** What all writers have asked for and been told, kept outside of whatever crashes. */
export class Journal {
  readonly writes: Write[] = []
  /** Answers that neither acknowledge a write nor tell of a crash. */
  readonly surprises: string[] = []
  answers = 0

  acknowledged(): Write[] {
    return this.writes.filter(({ acknowledged }) => acknowledged)
  }
}
