/** Fails if src/registry/store/tables.ts does not match migrations/: generating must produce nothing. */
import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { runScript } from '../../src/cli/program/run-process.ts'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'

const checkMigrations = defineCommand({
  description: 'Checks that the migrations match the tables in src/registry/store/tables.ts.',
  options: {},
  async run() {
    // Generated in a copy, so that the check never changes the checkout.
    const copy = await mkdtemp('dist/migrations-')
    try {
      await cp('migrations', copy, { recursive: true })
      requireNoChanges(copy)
      return 0
    } finally {
      await rm(copy, { recursive: true })
    }
  },
})

function requireNoChanges(folder: string): void {
  const options = [
    '--dialect=sqlite',
    '--driver=durable-sqlite',
    '--casing=snake_case',
    '--schema=./src/registry/store/tables.ts',
    `--out=./${folder}`,
  ]
  const { stdout, stderr } = spawnSync('drizzle-kit', ['generate', ...options], { encoding: 'utf8' })
  if (stdout.includes('No schema changes')) return
  throw new CommandError(`The tables have changed without a migration: run "npm run migrations"\n${stdout}${stderr}`)
}

await runScript('node scripts/checks/migrations-drift.ts', checkMigrations)
