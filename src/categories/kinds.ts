import type { CategoryKind } from '../generated/prisma/enums.ts'

/** What the two pages of categories say; besides it they are the same. */
export interface KindTexts {
  kind: CategoryKind
  /** Where the kind's pages lie. */
  path: string
  plural: string
  lead: string
  /** "Nuevo problema" */
  add: string
  /** "el problema" */
  the: string
  icon: string
  examples: string
}

export const kinds: Record<CategoryKind, KindTexts> = {
  PROBLEMA: {
    kind: 'PROBLEMA',
    path: '/administracion/problemas',
    plural: 'Problemas',
    lead: 'Lo que deja de funcionar y alguien reporta, por área.',
    add: 'Nuevo problema',
    the: 'el problema',
    icon: 'alert-triangle',
    examples: 'Como lo diría quien lo sufre: «Sin internet», «Gotera».',
  },
  REQUERIMIENTO: {
    kind: 'REQUERIMIENTO',
    path: '/administracion/requerimientos',
    plural: 'Requerimientos',
    lead: 'Lo que alguien pide y no es una falla, por área.',
    add: 'Nuevo requerimiento',
    the: 'el requerimiento',
    icon: 'clipboard-list',
    examples: 'Como lo diría quien lo pide: «Equipo nuevo», «Acceso a una carpeta».',
  },
}
