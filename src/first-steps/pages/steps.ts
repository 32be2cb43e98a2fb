import type { SettingsDependencies } from '../../settings/pages/dependencies.ts'
import { readSettings } from '../../settings/queries.ts'
import { paths as people } from '../../users/paths.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { paths } from '../paths.ts'
import { readProgress } from '../queries.ts'

/** One step on the way to an installation that people can work with. */
export interface FirstStep {
  title: string
  /** What it is for; once it is done, what is there. */
  text: string
  done: boolean
  action: { label: string; href: string }
}

export interface FirstStepsModel {
  title: string
  steps: FirstStep[]
  /** The one that comes next; -1 when all are done. */
  next: number
  /** "1 de 3 listos" */
  count: string
  /** Null once nobody is led here any more. */
  dismissalAction: string | null
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'first-steps/show': FirstStepsModel
  }
}

/** The way from an empty installation to the first ticket: what is done, and what comes next. */
export async function showFirstSteps({ db }: Pick<SettingsDependencies, 'db'>, { res }: Pick<Call, 'res'>) {
  const [settings, { area, attendant, dismissed }] = await Promise.all([readSettings(db), readProgress(db)])
  const steps = [organizationStep(settings.organizationName, settings.timeZone), areaStep(area), peopleStep(attendant)]
  const done = steps.filter(step => step.done).length
  page(res, 'first-steps/show', {
    title: 'Primeros pasos',
    steps,
    next: steps.findIndex(step => !step.done),
    count: `${done} de ${steps.length} listos`,
    dismissalAction: dismissed ? null : paths.dismissal,
  })
}

const organizationStep = (name: string, zone: string | null): FirstStep => ({
  title: 'Su organización',
  text: zone
    ? `${name}, con la hora de ${zone}.`
    : 'Revise el nombre, elija la zona horaria y, si quiere, el logotipo y el color.',
  done: zone !== null,
  action: { label: zone ? 'Cambiar' : 'Completar', href: paths.organization },
})

const areaStep = (area: string | null): FirstStep => ({
  title: 'La primera área',
  text: area
    ? `«${area}» ya recibe tickets.`
    : 'Diga quién atiende (Sistemas, Mantenimiento…) y qué se le puede reportar o pedir. Sin un área nadie puede crear tickets.',
  done: area !== null,
  action: { label: area ? 'Agregar otra' : 'Crear el área', href: paths.area },
})

const peopleStep = (attendant: string | null): FirstStep => ({
  title: 'Las personas que atienden',
  text: attendant
    ? `${attendant} ya puede atender tickets.`
    : 'Registre a quienes supervisan y atienden el área. Cada persona recibe un enlace para elegir su contraseña.',
  done: attendant !== null,
  action: { label: attendant ? 'Registrar a alguien más' : 'Registrar personas', href: people.usuarios.newPerson },
})
