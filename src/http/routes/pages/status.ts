/** `/status`: never cached. */
import { ok } from '../../../core/failure.ts'
import { tierWarnings } from '../../../edge/tier-warnings.ts'
import { renderPage } from '../../../views/pages/layout/layout.tsx'
import { statusContent } from '../../../views/pages/status/status-page.tsx'
import { definePage } from '../../pages/page.ts'
import { PAGE_HEADERS } from '../../pages/page-headers.ts'
import { NO_QUERY } from '../../pages/page-query.ts'
import { currentFrame } from '../../pages/versioned-page.ts'

export const statusPage = definePage({
  query: NO_QUERY,
  async answer(request) {
    const { registry, tiers } = request.exchange
    const status = await registry.status()
    const warnings = [...status.warnings, ...(await tierWarnings(tiers, status))]
    const frame = await currentFrame(request, { path: '/status', query: [] })
    const body = renderPage(frame, statusContent({ ...status, warnings }))
    return ok({ body, lifetime: 'none', headers: PAGE_HEADERS })
  },
})
