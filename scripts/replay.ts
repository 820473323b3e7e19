/** Sends a folder of recorded pulls to a registry: `bun run replay DIR --url URL`. */

import { runReplay } from '../src/cli/commands/replay.ts'
import { runCommand } from '../src/cli/shared/command.ts'

await runCommand((args) => runReplay(args, process.env.ADMIN_TOKEN, process.stdout))
