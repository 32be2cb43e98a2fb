/** A write that somebody asked for; its text occurs nowhere else. */
export interface Write {
  kind: 'CREACION' | 'COMENTARIO' | 'ASIGNACION' | 'FINALIZACION' | 'REAPERTURA' | 'CANCELACION'
  text: string
  /** Who asked for it, and how; sent again it is the same, for it has the same key. */
  person: 'client' | 'supervisor' | 'agent'
  path: string
  form: Record<string, string | number>
  /** Null for a ticket whose creation was never acknowledged. */
  ticket: number | null
  /** The person was told that it is done. Until then it may be there or not, but not twice. */
  acknowledged: boolean
}

/** What all writers have asked for and been told, kept outside of whatever crashes. */
export class Journal {
  readonly writes: Write[] = []
  /** Answers that neither acknowledge a write nor tell of a crash. */
  readonly surprises: string[] = []
  answers = 0

  /** What nobody knows of whether it happened. */
  uncertain(): Write[] {
    return this.writes.filter(({ acknowledged }) => !acknowledged)
  }

  acknowledged(): Write[] {
    return this.writes.filter(({ acknowledged }) => acknowledged)
  }
}

/** Whether a write comes with a file. */
export const carriesFile = (kind: Write['kind']): boolean => kind === 'CREACION' || kind === 'COMENTARIO'
