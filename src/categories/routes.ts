import type { z } from 'zod'
import { belongingQuery } from '../areas/belonging.ts'
import { type Actor, actorOf } from '../audit/record.ts'
import { whoMay } from '../permissions/access.ts'
import { type Call, Routes } from '../web/route.ts'
import { refuse, save } from '../web/saving.ts'
import { archiveCategory, deleteCategory, restoreCategory } from './actions/lifecycle.ts'
import type { CategoryContext, Target } from './actions/locked.ts'
import { categoryForm, lifecycleForm, newCategoryForm } from './forms.ts'
import { type KindTexts, kinds } from './kinds.ts'
import { categoryParams, showCategory, showNewCategory, submitCategory, submitNewCategory } from './pages/category.ts'
import { showCategories } from './pages/list.ts'
import { paths } from './paths.ts'

const administer = whoMay('categorias.administrar')

/** The pages of problems and those of requirements, which differ in their words alone. */
export function categoryRoutes(deps: CategoryContext): Routes {
  const routes = new Routes()
  for (const texts of Object.values(kinds)) addKind(routes, deps, texts)
  return routes
}

function addKind(routes: Routes, deps: CategoryContext, texts: KindTexts): Routes {
  const { path, kind } = texts
  const { categories, newCategory } = paths(kind)
  const params = categoryParams
  return routes
    .get(categories, administer, { query: belongingQuery }, call => showCategories(deps, call, texts))
    .get(newCategory, administer, {}, call => showNewCategory(deps, call, texts))
    .post(categories, administer, { form: newCategoryForm }, call => submitNewCategory(deps, call, texts))
    .get(`${path}/:id`, administer, { params }, call => showCategory(deps, call, texts))
    .post(`${path}/:id`, administer, { params, form: categoryForm }, call => submitCategory(deps, call, texts))
    .post(`${path}/:id/archivo`, administer, { params, form: lifecycleForm }, call =>
      submitLifecycle(deps, call, kind, { act: archiveCategory, done: 'pasó al archivo' }),
    )
    .post(`${path}/:id/restauracion`, administer, { params, form: lifecycleForm }, call =>
      submitLifecycle(deps, call, kind, { act: restoreCategory, done: 'se puede elegir otra vez' }),
    )
    .post(`${path}/:id/eliminacion`, administer, { params, form: lifecycleForm }, call =>
      submitLifecycle(deps, call, kind, { act: deleteCategory, done: 'se eliminó', gone: true }),
    )
}

interface Lifecycle {
  /** @returns the name */
  act: (deps: CategoryContext, actor: Actor, target: Target) => Promise<string>
  done: string
  /** Afterwards there is no page of it any more. */
  gone?: boolean
}

async function submitLifecycle(
  deps: CategoryContext,
  call: Call<z.infer<typeof categoryParams>, unknown, z.infer<(typeof lifecycleForm)['schema']>>,
  kind: Target['kind'],
  { act, done, gone = false }: Lifecycle,
) {
  const { id } = call.params
  const { category, categories } = paths(kind)
  await save(
    deps,
    call,
    async (deps, { version }) => {
      const name = await act(deps, actorOf(call), { kind, id, version })
      return { path: gone ? categories : category(id), text: `«${name}» ${done}.` }
    },
    async refusal => refuse(refusal, category(id)),
  )
}
