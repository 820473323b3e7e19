/** Builds the package `@rttnd/llm`, the client and the command, into `dist/`: `npm run build:client`. */
import { fileURLToPath } from 'node:url'
import { runScript } from '../../src/cli/program/run-process.ts'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { PROJECT } from '../shared/settings.ts'
import { buildPublished } from './build-published.ts'

const buildClient = defineCommand({
  description:
    'Builds the published package into dist: the client into dist/client and dist/core, the command into dist/cli.',
  options: {},
  async run(_, { output }) {
    output.write(`${await buildPublished(fileURLToPath(new URL('dist', PROJECT)))}\n`)
    return 0
  },
})

await runScript('npm run build:client --', buildClient)
