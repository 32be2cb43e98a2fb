import { anyoneSignedIn } from '../web/access.ts'
import { Routes } from '../web/route.ts'
import type { SearchDependencies } from './pages/dependencies.ts'
import { searchQuery, showResults } from './pages/results.ts'
import { listSuggestions, suggestionsQuery } from './pages/suggestions.ts'
import { paths } from './paths.ts'

/** Whoever has signed in searches what he sees. */
export function searchRoutes(deps: SearchDependencies): Routes {
  return new Routes()
    .get(paths.search, anyoneSignedIn, { query: searchQuery }, call => showResults(deps, call))
    .get(paths.suggestions, anyoneSignedIn, { query: suggestionsQuery }, call => listSuggestions(deps, call))
}
