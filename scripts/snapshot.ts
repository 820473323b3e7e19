/** Writes what a registry serves as files for people: `bun run snapshot --url URL --out DIR`. */

import { runSnapshot } from '../src/cli/commands/snapshot.ts'
import { runCommand } from '../src/cli/shared/command.ts'

await runCommand((args) => runSnapshot(args, process.env, process.stdout))
