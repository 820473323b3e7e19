/** Checks the history of a registry, as anybody can: `bun run verify --url URL`. */

import { runVerify } from '../src/cli/commands/verify.ts'
import { runCommand } from '../src/cli/shared/command.ts'

await runCommand((args) => runVerify(args, process.env, process.stdout))
