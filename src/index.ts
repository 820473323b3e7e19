/** The Worker: answers requests, pulls on schedule, and holds the Registry Durable Object. Wiring only. */
import { Memory } from './edge/memory.ts'
import { createApp } from './http/app.ts'
import { pages } from './http/pages/pages.ts'
import { routes } from './http/routes.ts'

const app = createApp(routes, new Memory(), pages)

export default {
  fetch: app.fetch,
  async scheduled(_controller, env): Promise<void> {
    const result = await env.REGISTRY_DO.getByName('registry').runScheduled()
    if (!result.ok) console.error(result.failure.detail)
  },
} satisfies ExportedHandler<Env>

export { LazyRegistry as Registry } from './registry/lazy-registry.ts'
