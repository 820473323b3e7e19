/** Runs a command of this checkout: `node scripts/registry.ts NAME`. A command is loaded only to be run. */
import { type Command, CommandError } from '../src/cli/shared/command.ts'
import { runProcess } from '../src/cli/shared/run-process.ts'

const COMMANDS: Record<string, () => Promise<Command>> = {
  // What the published command will have.
  backup: async () => (await import('../src/cli/commands/backup.ts')).backup,
  overrides: async () => (await import('../src/cli/commands/overrides.ts')).overrides,
  replay: async () => (await import('../src/cli/commands/replay.ts')).replay,
  restore: async () => (await import('../src/cli/commands/restore.ts')).restore,
  snapshot: async () => (await import('../src/cli/commands/snapshot.ts')).snapshot,
  verify: async () => (await import('../src/cli/commands/verify.ts')).verify,
  // What needs the checkout.
  backfill: async () => (await import('./backfill/backfill.ts')).backfill,
  deploy: async () => (await import('./deploy/deploy.ts')).deploy,
  seed: async () => (await import('./seed/seed.ts')).seed,
  start: async () => (await import('./start/start.ts')).start,
  'make-sample': async () => (await import('./sample/make-sample.ts')).makeSample,
  screenshots: async () => (await import('./screenshots/screenshots.ts')).screenshots,
  // What is measured.
  bench: async () => (await import('./measure/bench.ts')).bench,
  'client-bytes': async () => (await import('./measure/client-bytes.ts')).clientBytes,
  load: async () => (await import('./measure/load.ts')).load,
  'measure-commit': async () => (await import('./measure/commit.ts')).measureCommit,
  'measure-families': async () => (await import('./measure/families.ts')).measureFamilies,
  'measure-guard': async () => (await import('./measure/guard.ts')).measureGuard,
  'measure-reading': async () => (await import('./measure/reading.ts')).measureReading,
  'measure-scores': async () => (await import('./measure/scores.ts')).measureScores,
  'ten-years': async () => (await import('./measure/ten-years.ts')).tenYears,
}

const [name = '', ...args] = process.argv.slice(2)
await runProcess(async () => {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) throw new CommandError(`Cannot run "${name}": there are ${Object.keys(COMMANDS).join(', ')}`)
  return load()
}, args)
