import type { z } from 'zod'
import { actorOf } from '../../audit/record.ts'
import { kinds } from '../../categories/kinds.ts'
import type { SettingsDependencies } from '../../settings/pages/dependencies.ts'
import type { FieldError } from '../../web/forms.ts'
import { page } from '../../web/page.ts'
import type { Call } from '../../web/route.ts'
import { type Refusal, save, statusOfForm } from '../../web/saving.ts'
import { createFirstArea } from '../actions/create-first-area.ts'
import { type areaForm, limits } from '../forms.ts'
import { paths } from '../paths.ts'
import { readProgress } from '../queries.ts'

export interface AreaStepModel {
  title: string
  above: { label: string; href: string }
  action: string
  /** What is there already; '' when nothing is. */
  note: string
  values: { nombre: string; problemas: string; requerimientos: string }
  examples: { problems: string; requirements: string }
  errors: FieldError[]
  limits: { name: number; text: number }
}

declare module '../../web/page.ts' {
  interface ViewModels {
    'first-steps/area': AreaStepModel
  }
}

export async function showAreaStep(
  { db }: SettingsDependencies,
  { res }: Pick<Call, 'res'>,
  refusal?: Refusal,
): Promise<void> {
  const { area } = await readProgress(db)
  const { nombre = '', problemas = '', requerimientos = '' } = refusal?.typed ?? {}
  const model: AreaStepModel = {
    title: area ? 'Otra área' : 'La primera área',
    above: { label: 'Primeros pasos', href: paths.steps },
    action: paths.area,
    note: area ? `El área «${area}» ya recibe tickets. Aquí puede crear otra.` : '',
    values: { nombre, problemas, requerimientos },
    examples: { problems: kinds.PROBLEMA.examples, requirements: kinds.REQUERIMIENTO.examples },
    errors: refusal?.errors ?? [],
    limits,
  }
  page(res, 'first-steps/area', model, statusOfForm(refusal))
}

type AreaCall = Call<unknown, unknown, z.infer<(typeof areaForm)['schema']>>

export async function submitAreaStep(deps: SettingsDependencies, call: AreaCall): Promise<void> {
  const { form } = call
  const again = (refusal: Refusal) => showAreaStep(deps, call, refusal)
  if (form.ok && form.value.problemas.length + form.value.requerimientos.length === 0) {
    const errors = [{ field: 'problemas', message: 'Escriba al menos un problema o un requerimiento.' }]
    return again({ typed: form.typed, ticked: form.ticked, errors, conflict: null })
  }
  await save(
    deps,
    call,
    async (deps, { nombre: name, problemas, requerimientos }) => {
      const categories = { PROBLEMA: problemas, REQUERIMIENTO: requerimientos }
      await createFirstArea(deps, actorOf(call), { name, categories })
      return { path: paths.steps, text: `El área «${name}» ya recibe tickets.` }
    },
    again,
  )
}
