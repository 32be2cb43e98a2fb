import type { Audience } from '../generated/prisma/enums.ts'

/** Who may choose a category for his ticket. */
export const audienceLabels: Record<Audience, string> = { TODOS: 'Todos', EMPLEADOS: 'Solo empleados' }
