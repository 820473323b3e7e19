/** Runs the commands of this checkout: `npm run registry -- <command>`. */
import { runProcess } from '../src/cli/program/run-process.ts'
import { REPOSITORY_PROGRAM } from './repository-commands.ts'

await runProcess(REPOSITORY_PROGRAM)
