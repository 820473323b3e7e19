/** Builds the package `@rttnd/llm` and writes it as a tarball that npm can install or publish: `npm run pack`. */
import { fileURLToPath } from 'node:url'
import { runScript } from '../../src/cli/program/run-process.ts'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { PROJECT } from '../shared/settings.ts'
import { buildPublished } from './build-published.ts'
import { packProject } from './packed-package.ts'

const pack = defineCommand({
  description: 'Builds the package @rttnd/llm, the client and the command, and writes it as a tarball into dist.',
  options: {},
  async run(_, { output }) {
    const dist = fileURLToPath(new URL('dist', PROJECT))
    output.write(`${await buildPublished(dist)}\n`)
    const { path, files } = packProject(dist)
    output.write(`Wrote ${path}: ${files.length} files. Install it in an app with "npm install ${path}".\n`)
    return 0
  },
})

await runScript('npm run pack --', pack)
