/** Runs the commands of this checkout: `npm run registry -- <command>`. */
import { runProcess } from '../src/cli/program/run-process.ts'
import { PUBLISHED_COMMANDS } from '../src/cli/published-commands.ts'
import { REPOSITORY_COMMANDS } from './repository-commands.ts'

await runProcess({
  name: 'npm run registry --',
  description: 'Runs, checks, administers and measures LLM registries.',
  commands: { ...REPOSITORY_COMMANDS, ...PUBLISHED_COMMANDS },
})
