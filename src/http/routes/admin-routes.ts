import { adminBackfillRoutes } from './admin/backfill.ts'
import { adminBackupRoutes } from './admin/backup.ts'
import { adminDisagreementRoutes } from './admin/disagreements.ts'
import { adminOverrideRoutes } from './admin/overrides.ts'
import { adminPullRoutes } from './admin/pulls.ts'
import { adminRollbackRoutes } from './admin/rollback.ts'

export const adminRoutes = [
  ...adminPullRoutes,
  ...adminRollbackRoutes,
  ...adminOverrideRoutes,
  ...adminDisagreementRoutes,
  ...adminBackfillRoutes,
  ...adminBackupRoutes,
]
