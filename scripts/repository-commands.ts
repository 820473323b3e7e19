/** The commands that need this checkout, beside those that are published. */
import type { CommandTable, Program } from '../src/cli/program/command-table.ts'
import { PUBLISHED_COMMANDS } from '../src/cli/published-commands.ts'

const MEASURES: CommandTable = {
  bench: {
    summary: 'CPU time of requests, compared with baseline Workers',
    load: async () => (await import('./measure/bench.ts')).bench,
    runAs: 'npm run bench --',
  },
  'client-bytes': {
    summary: 'bytes of a refresh by diff, and of a full one',
    load: async () => (await import('./measure/client-bytes.ts')).clientBytes,
  },
  commit: {
    summary: 'CPU time of commits of models.dev',
    load: async () => (await import('./measure/commit.ts')).measureCommit,
  },
  families: {
    summary: 'how well models are assigned to families',
    load: async () => (await import('./measure/families.ts')).measureFamilies,
  },
  guard: {
    summary: 'which recorded pulls and simulated incidents the guard holds',
    load: async () => (await import('./measure/guard.ts')).measureGuard,
  },
  kill: {
    summary: 'whether what was acknowledged outlives the process',
    load: async () => (await import('./measure/kill.ts')).kill,
  },
  load: {
    summary: 'whether reads stay consistent while the registry changes',
    load: async () => (await import('./measure/load.ts')).load,
  },
  'past-manifest': {
    summary: 'CPU time of past manifests, and of each step of one',
    load: async () => (await import('./measure/past-manifest.ts')).pastManifest,
  },
  reading: {
    summary: 'which values of models.dev are read, and which are not',
    load: async () => (await import('./measure/reading.ts')).measureReading,
  },
  scores: {
    summary: 'which families get the scores of Epoch and Arena',
    load: async () => (await import('./measure/scores.ts')).measureScores,
  },
  'ten-years': {
    summary: 'size and speed after ten simulated years',
    load: async () => (await import('./measure/ten-years.ts')).tenYears,
  },
}

export const REPOSITORY_COMMANDS: CommandTable = {
  start: {
    summary: 'run the registry on this machine',
    load: async () => (await import('./start/start.ts')).start,
    runAs: 'npm start --',
  },
  deploy: {
    summary: 'check the configuration and deploy it to Cloudflare',
    load: async () => (await import('./deploy/deploy.ts')).deploy,
    runAs: 'npm run deploy --',
  },
  seed: {
    summary: 'write a manifest to serve before the first pull',
    load: async () => (await import('./seed/seed.ts')).seed,
    runAs: 'npm run seed --',
  },
  backfill: {
    summary: 'fill an empty registry with the history of models.dev',
    load: async () => (await import('./backfill/backfill.ts')).backfill,
    runAs: 'npm run backfill --',
  },
  'make-sample': {
    summary: 'regenerate the sample from recorded data',
    load: async () => (await import('./sample/make-sample.ts')).makeSample,
  },
  screenshots: {
    summary: 'take screenshots of all pages of a running registry',
    load: async () => (await import('./screenshots/screenshots.ts')).screenshots,
  },
  example: {
    summary: 'run a program in the examples directory',
    load: async () => (await import('./example/example.ts')).example,
    runAs: 'npm run example --',
  },
  measure: { summary: 'measure the registry on this machine', commands: MEASURES },
}

export const REPOSITORY_PROGRAM: Program = {
  name: 'npm run registry --',
  description: 'Runs, checks, administers and measures LLM registries.',
  commands: { ...REPOSITORY_COMMANDS, ...PUBLISHED_COMMANDS },
}
