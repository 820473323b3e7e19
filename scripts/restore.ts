/** Reads a backup into an empty registry: `bun run restore FILE --url URL`. */
import { runRestore } from './backup/run-restore.ts'
import { runCommand } from './command.ts'

await runCommand((args) => runRestore(args, process.env.ADMIN_TOKEN, process.stdout))
