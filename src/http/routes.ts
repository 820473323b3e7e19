/** Every route, in the order in which they match. */
import { adminBackfillRoutes } from './routes/admin/backfill.ts'
import { adminBackupRoutes } from './routes/admin/backup.ts'
import { adminDisagreementRoutes } from './routes/admin/disagreements.ts'
import { adminOverrideRoutes } from './routes/admin/overrides.ts'
import { adminPullRoutes } from './routes/admin/pulls.ts'
import { adminRollbackRoutes } from './routes/admin/rollback.ts'
import { attributionRoutes } from './routes/attribution.ts'
import { diffRoutes } from './routes/diff.ts'
import { createDocsRoutes } from './routes/docs.ts'
import { historyRoutes } from './routes/history.ts'
import { manifestRoutes } from './routes/manifest.ts'
import { modelRoutes } from './routes/models.ts'
import { partRoutes } from './routes/parts.ts'
import { costRoutes } from './routes/prices/cost.ts'
import { priceHistoryRoutes } from './routes/prices/price-history.ts'
import { providerRoutes } from './routes/providers.ts'
import { searchRoutes } from './routes/search.ts'
import { statusRoutes } from './routes/status.ts'
import { versionRoutes } from './routes/versions.ts'

const apiRoutes = [
  ...manifestRoutes,
  ...partRoutes,
  ...versionRoutes,
  ...diffRoutes,
  // Before the models, whose values may hold a slash.
  ...historyRoutes,
  ...priceHistoryRoutes,
  ...costRoutes,
  ...providerRoutes,
  ...searchRoutes,
  ...modelRoutes,
  ...statusRoutes,
  ...attributionRoutes,
  ...adminPullRoutes,
  ...adminRollbackRoutes,
  ...adminOverrideRoutes,
  ...adminDisagreementRoutes,
  ...adminBackfillRoutes,
  ...adminBackupRoutes,
]

export const routes = [...apiRoutes, ...createDocsRoutes(apiRoutes)]
