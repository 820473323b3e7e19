/**
 * Every route, in matching order. Those that an isolate may never need are loaded with the first request for one of them:
 * evaluating them takes longer than most responses.
 */
import type { LazyRoutes, Route } from './route.ts'
import { attributionRoutes } from './routes/attribution.ts'
import { diffRoutes } from './routes/diff.ts'
import { createDocsRoutes } from './routes/docs.ts'
import { historyRoutes } from './routes/history.ts'
import { manifestRoutes } from './routes/manifest.ts'
import { modelRoutes } from './routes/models.ts'
import { partRoutes } from './routes/parts.ts'
import { priceHistoryRoutes } from './routes/prices/price-history.ts'
import { providerRoutes } from './routes/providers.ts'
import { searchRoutes } from './routes/search.ts'
import { statusRoutes } from './routes/status.ts'
import { versionRoutes } from './routes/versions.ts'

const readRoutes = [
  ...manifestRoutes,
  ...partRoutes,
  ...versionRoutes,
  ...diffRoutes,
  // Before the models, whose values may contain a slash.
  ...historyRoutes,
  ...priceHistoryRoutes,
  ...providerRoutes,
  ...searchRoutes,
  ...modelRoutes,
  ...statusRoutes,
  ...attributionRoutes,
]

const adminRoutes: LazyRoutes = {
  path: '/v1/admin/*',
  load: async () => (await import('./routes/admin-routes.ts')).adminRoutes,
}

const costRoutes: LazyRoutes = {
  path: '/v1/cost',
  load: async () => (await import('./routes/prices/cost.ts')).costRoutes,
}

export const routes: readonly (Route | LazyRoutes)[] = [
  ...readRoutes,
  costRoutes,
  adminRoutes,
  ...createDocsRoutes(() => loadRoutes([...readRoutes, costRoutes, adminRoutes])),
]

export async function loadRoutes(given: readonly (Route | LazyRoutes)[]): Promise<readonly Route[]> {
  return (await Promise.all(given.map((route) => ('load' in route ? route.load() : [route])))).flat()
}
