/** Writes docs/commands.md: `npm run docs`. */
import { writeFileSync } from 'node:fs'
import { runScript } from '../../src/cli/program/run-process.ts'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { PROJECT } from '../shared/settings.ts'
import { commandsDocument } from './commands-document.ts'

const FILE = 'docs/commands.md'

const writeCommandsDocument = defineCommand({
  description: `Writes ${FILE} from the help of the commands.`,
  options: {},
  async run(_, { output }) {
    writeFileSync(new URL(FILE, PROJECT), await commandsDocument())
    output.write(`Wrote ${FILE}\n`)
    return 0
  },
})

await runScript('npm run docs --', writeCommandsDocument)
