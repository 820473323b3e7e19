/** The commands of the published program, which work with any registry. */
import type { CommandTable, Program } from './program/command-table.ts'
import { VERSION } from './version.ts'

const OVERRIDES: CommandTable = {
  pull: {
    summary: 'write the overrides of a registry to files',
    load: async () => (await import('./commands/overrides.ts')).pullOverrides,
  },
  diff: {
    summary: 'show what a push would change',
    load: async () => (await import('./commands/overrides.ts')).diffOverrides,
  },
  push: {
    summary: 'send the overrides in files to a registry',
    load: async () => (await import('./commands/overrides.ts')).pushOverrides,
  },
}

export const PUBLISHED_COMMANDS: CommandTable = {
  verify: {
    summary: 'check the history of a registry',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  snapshot: {
    summary: 'write the content of a registry as readable files',
    load: async () => (await import('./commands/snapshot.ts')).snapshot,
  },
  cost: {
    summary: 'price the requests in files, each at the price of its own time',
    load: async () => (await import('./commands/cost.ts')).cost,
  },
  overrides: { summary: "manage a registry's overrides as files", commands: OVERRIDES },
  backup: {
    summary: 'write everything that a registry stores to a file',
    load: async () => (await import('./commands/backup.ts')).backup,
  },
  restore: {
    summary: 'send a backup to an empty registry',
    load: async () => (await import('./commands/restore.ts')).restore,
  },
  replay: {
    summary: 'send recorded pulls to a registry',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
}

export const PUBLISHED_PROGRAM: Program = {
  name: 'llm-registry',
  description: 'Reads, checks and administers LLM registries.',
  version: VERSION,
  commands: PUBLISHED_COMMANDS,
}
