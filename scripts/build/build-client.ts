/** Builds what is published as `@rttnd/llm` into `dist/`, the client and the command: `npm run build:client`. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runScript } from '../../src/cli/program/run-process.ts'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { labelledLines } from '../../src/cli/shared/table.ts'
import { PROJECT } from '../shared/settings.ts'
import { buildCommand } from './build-command.ts'
import { buildPackage } from './build-package.ts'

const buildClient = defineCommand({
  description: 'Builds what is published into dist: the client in client and core, and the command in cli.',
  options: {},
  async run(_, { output }) {
    const folder = fileURLToPath(new URL('dist', PROJECT))
    buildPackage(folder)
    await buildCommand(folder)
    const built = ['client', 'core', 'cli'].map((room) => [`dist/${room}`, describeFolder(join(folder, room))] as const)
    output.write(`${labelledLines(built).join('\n')}\n`)
    return 0
  },
})

function describeFolder(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const bytes = files.reduce((sum, { name, parentPath }) => sum + statSync(join(parentPath, name)).size, 0)
  return `${files.length} files, ${Math.round(bytes / 1000)} kB`
}

await runScript('npm run build:client --', buildClient)
