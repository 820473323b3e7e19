import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

// Anything that a test does not fake itself must fail loudly instead of reaching the network.
const refuseOutbound = (request: { url: string }): Response =>
  new Response(`Unfaked request to ${request.url}`, { status: 599 })

// How long to fuzz: see test/fuzz/fuzzing.ts. Tests in workerd do not see the environment.
const { FUZZ_RUNS = '', FUZZ_SEED = '' } = process.env

declare module 'vitest' {
  interface ProvidedContext {
    fuzzRuns: string
    fuzzSeed: string
  }
}

// Real replies, for tests that are bundled for workerd, which has no files.
const recorded = process.env.RECORDED_DATA
  ? resolve(process.env.RECORDED_DATA)
  : resolve('test/support/no-recorded-data')

export default defineConfig({
  test: {
    // The default leaves a core free. One more than there are cores, as many tests wait for a browser or a process.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/{core,sources,views,cli,scripts,pages}/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'client',
          include: ['test/client/{package,pages,reading,runtimes,store}/*.test.ts', 'test/client/*.test.ts'],
          globalSetup: ['test/support/client/built-package.ts'],
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias: { '@recorded': recorded } },
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            // Without the open sources, which only the tests of them turn on.
            miniflare: {
              outboundService: refuseOutbound as never,
              bindings: { MODELS_DEV_URL: '', EPOCH_URL: '', ARENA_URL: '' },
            },
          }),
        ],
        test: {
          name: 'workerd',
          isolate: false,
          setupFiles: ['test/support/workerd/start-empty.ts'],
          include: ['test/{registry,edge,http,faults,fuzz,client/workerd}/**/*.test.ts'],
          testTimeout: 30_000,
          provide: { fuzzRuns: FUZZ_RUNS, fuzzSeed: FUZZ_SEED },
        },
      },
    ],
  },
})
