/** The commands that need this checkout, beside those that are published. */
import type { CommandTable, Program } from '../src/cli/program/command-table.ts'
import { PUBLISHED_COMMANDS } from '../src/cli/published-commands.ts'

const MEASURES: CommandTable = {
  bench: {
    summary: 'measure the CPU time of requests against baseline Workers',
    load: async () => (await import('./measure/bench.ts')).bench,
    runAs: 'npm run bench --',
  },
  'client-bytes': {
    summary: 'measure the bytes of a refresh, by diff and in full',
    load: async () => (await import('./measure/client-bytes.ts')).clientBytes,
  },
  commit: {
    summary: 'measure the CPU time of commits',
    load: async () => (await import('./measure/commit.ts')).measureCommit,
  },
  cost: {
    summary: 'measure the CPU and memory of pricing a file',
    load: async () => (await import('./measure/cost.ts')).measureCost,
  },
  families: {
    summary: 'measure how well models are assigned to families',
    load: async () => (await import('./measure/families.ts')).measureFamilies,
  },
  guard: {
    summary: 'show which recorded pulls and simulated incidents the guard holds',
    load: async () => (await import('./measure/guard.ts')).measureGuard,
  },
  kill: {
    summary: 'check that acknowledged writes survive a killed process',
    load: async () => (await import('./measure/kill.ts')).kill,
  },
  load: {
    summary: 'check that reads stay consistent while the registry changes',
    load: async () => (await import('./measure/load.ts')).load,
  },
  pages: {
    summary: 'measure the speed, bytes and CPU time of the pages',
    load: async () => (await import('./measure/pages.ts')).measurePages,
  },
  'past-manifest': {
    summary: 'measure the CPU time of past manifests, step by step',
    load: async () => (await import('./measure/past-manifest.ts')).pastManifest,
  },
  reading: {
    summary: 'show which values of models.dev are read, and which are not',
    load: async () => (await import('./measure/reading.ts')).measureReading,
  },
  scores: {
    summary: 'show which families get the scores of Epoch and Arena',
    load: async () => (await import('./measure/scores.ts')).measureScores,
  },
  'ten-years': {
    summary: 'measure size and speed after ten simulated years',
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
