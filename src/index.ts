/** The Worker: answers requests, pulls on schedule, and holds the Registry Durable Object. Wiring only. */
import { Memory } from './edge/memory.ts'
import { createApp } from './http/app.ts'
import { adminRoutes } from './http/routes/admin.ts'
import { createDocsRoutes } from './http/routes/docs.ts'
import { manifestRoutes } from './http/routes/manifest.ts'
import { modelRoutes } from './http/routes/models.ts'
import { providerRoutes } from './http/routes/providers.ts'
import { statusRoutes } from './http/routes/status.ts'

const routes = [...manifestRoutes, ...providerRoutes, ...modelRoutes, ...statusRoutes, ...adminRoutes]
const app = createApp([...routes, ...createDocsRoutes(routes)], new Memory())

export default {
  fetch: app.fetch,
  async scheduled(_controller, env): Promise<void> {
    const result = await env.REGISTRY_DO.getByName('registry').runScheduled()
    if (!result.ok) console.error(result.failure.detail)
  },
} satisfies ExportedHandler<Env>

export { Registry } from './registry/registry.ts'
