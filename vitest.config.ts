import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// Anything that a test does not fake itself must fail loudly instead of reaching the network.
const refuseOutbound = (request: { url: string }): Response =>
  new Response(`Unfaked request to ${request.url}`, { status: 599 })

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'node', include: ['test/{core,sources,scripts}/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'client',
          include: ['test/client/*.test.ts'],
          globalSetup: ['test/client/built-package.ts'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            // Without the second source, which only the tests of it turn on.
            miniflare: { outboundService: refuseOutbound as never, bindings: { MODELS_DEV_URL: '' } },
          }),
        ],
        test: {
          name: 'workerd',
          include: ['test/{registry,edge,http,faults,client/workerd}/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
    ],
  },
})
