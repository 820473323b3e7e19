/** Everything that must hold besides the tests: types, lint and format, unused code, workflows, import arrows, migrations. */
import { spawnSync } from 'node:child_process'
import { brokenArrows } from './import-arrows.ts'
import { brokenRoomArrows } from './room-arrows.ts'

const CHECKS: [name: string, command: string][] = [
  ['bindings typed', 'wrangler types --include-runtime=true worker-configuration.d.ts'],
  ['types of the Worker', 'tsc -p .'],
  ['types of the scripts', 'tsc -p scripts'],
  ["types of the pages' script", 'tsc -p src/browser'],
  ['types of the client', 'tsc -p src/client'],
  ['types of the examples', 'tsc -p examples'],
  ['the published client', 'node scripts/checks/check-client.ts'],
  ['lint and format', 'biome ci --colors=off .'],
  ['unused code', 'knip'],
  ['workflows', 'node scripts/checks/check-workflows.ts'],
  ['migrations consistent', 'drizzle-kit check'],
  ['migrations up to date', 'node scripts/checks/migrations-drift.ts'],
]

let failed = 0
for (const [name, command] of CHECKS) {
  const run = spawnSync(command, {
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  })
  report(name, run.status === 0 ? [] : [run.stdout, run.stderr])
}
report('import arrows', await brokenArrows())
report('room arrows', await brokenRoomArrows())
process.exitCode = failed === 0 ? 0 : 1

function report(name: string, complaints: string[]): void {
  console.log(`${complaints.length === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  if (complaints.length === 0) return
  failed += 1
  console.log(complaints.join('\n').trimEnd())
}
