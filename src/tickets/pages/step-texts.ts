import type { Action } from '../states.ts'

interface StepTexts {
  lead: string
  owner: boolean
  text: { name: string; label: string; help: string; required: boolean }
  submit: { label: string; tone: 'primary' | 'danger' }
}

const note = { name: 'nota', label: 'Nota', help: 'Queda en la bitácora y la ve el solicitante.', required: false }

/** What the form of each step says. */
export const stepTexts: Record<Exclude<Action, 'crear' | 'iniciar'>, StepTexts> = {
  asignar: {
    lead: 'La persona o el grupo que elija lo verá en «Asignados».',
    owner: true,
    text: note,
    submit: { label: 'Asignar', tone: 'primary' },
  },
  reasignar: {
    lead: 'El ticket vuelve a «Asignado» con su nuevo responsable.',
    owner: true,
    text: note,
    submit: { label: 'Reasignar', tone: 'primary' },
  },
  finalizar: {
    lead: 'El solicitante leerá la resolución.',
    owner: false,
    text: { name: 'resolucion', label: 'Resolución', help: 'Qué se hizo y cómo quedó.', required: true },
    submit: { label: 'Finalizar ticket', tone: 'primary' },
  },
  reabrir: {
    lead: 'El ticket vuelve a «En Proceso».',
    owner: true,
    text: { name: 'motivo', label: 'Motivo', help: 'Qué falta o qué volvió a fallar.', required: true },
    submit: { label: 'Reabrir ticket', tone: 'primary' },
  },
  cancelar: {
    lead: 'Un ticket cancelado ya no cambia: nadie podrá comentarlo ni reabrirlo.',
    owner: false,
    text: {
      name: 'motivo',
      label: 'Motivo',
      help: 'Queda en la bitácora, que ven el solicitante y quienes atienden.',
      required: true,
    },
    submit: { label: 'Cancelar ticket', tone: 'danger' },
  },
}
