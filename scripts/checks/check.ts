/** All checks besides the tests: types, lint and format, unused code, workflows, import arrows, migrations. */
import { spawnSync } from 'node:child_process'
import { runScript } from '../../src/cli/program/run-process.ts'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { brokenArrows } from './import-arrows.ts'
import { brokenRoomArrows } from './room-arrows.ts'
import { unwantedWords } from './words.ts'

const CHECKS: [name: string, command: string][] = [
  ['bindings typed', 'wrangler types --include-runtime=true worker-configuration.d.ts'],
  ['types of the Worker', 'tsc -p .'],
  ['types of the scripts', 'tsc -p scripts'],
  ["types of the pages' script", 'tsc -p src/browser'],
  ['types of the client', 'tsc -p src/client'],
  ['types of the command', 'tsc -p src/cli'],
  ['types of the examples', 'tsc -p examples'],
  ['the published package', 'node scripts/checks/check-client.ts'],
  ['lint and format', 'biome ci --colors=off .'],
  ['unused code', 'knip'],
  ['workflows', 'node scripts/checks/check-workflows.ts'],
  ['migrations consistent', 'drizzle-kit check'],
  ['migrations up to date', 'node scripts/checks/migrations-drift.ts'],
]

const check = defineCommand({
  description: `Runs all checks besides the tests: ${CHECKS.map(([name]) => name).join(', ')}, import arrows,
room arrows, words. Prints one line per check, followed by its errors.`,
  options: {},
  exitCodes: { 1: 'a check failed' },
  async run(_, { output }) {
    let failed = 0
    const report = (name: string, complaints: string[]) => {
      output.write(`${complaints.length === 0 ? 'ok  ' : 'FAIL'} ${name}\n`)
      if (complaints.length === 0) return
      failed += 1
      output.write(`${complaints.join('\n').trimEnd()}\n`)
    }
    for (const [name, command] of CHECKS) report(name, complaintsOf(command))
    report('import arrows', await brokenArrows())
    report('room arrows', await brokenRoomArrows())
    report('words', unwantedWords())
    return failed === 0 ? 0 : 1
  },
})

function complaintsOf(command: string): string[] {
  const { status, stdout, stderr } = spawnSync(command, {
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  })
  return status === 0 ? [] : [stdout, stderr]
}

await runScript('npm run check --', check)
