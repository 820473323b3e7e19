/** Fails when src/registry/store/tables.ts says more than migrations/ does: generating must find nothing to do. */
import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'

// Generated into a copy, so that a check never changes the checkout.
const copy = await mkdtemp('dist/migrations-')
try {
  await cp('migrations', copy, { recursive: true })
  const options = [
    '--dialect=sqlite',
    '--driver=durable-sqlite',
    '--casing=snake_case',
    '--schema=./src/registry/store/tables.ts',
    `--out=./${copy}`,
  ]
  const { stdout, stderr } = spawnSync('drizzle-kit', ['generate', ...options], { encoding: 'utf8' })
  if (!stdout.includes('No schema changes')) {
    console.error(`The tables have changed without a migration: run "bun run migrations"\n${stdout}${stderr}`)
    process.exitCode = 1
  }
} finally {
  await rm(copy, { recursive: true })
}
