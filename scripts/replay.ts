/** Sends a folder of recorded pulls to a registry: `bun run replay DIR --url URL`. */
import { runCommand } from './command.ts'
import { runReplay } from './replay/run-replay.ts'

await runCommand((args) => runReplay(args, process.env.ADMIN_TOKEN, process.stdout))
