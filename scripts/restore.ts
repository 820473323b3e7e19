/** Reads a backup into an empty registry: `bun run restore FILE --url URL`. */
import { runRestore } from '../src/cli/commands/restore.ts'
import { runCommand } from '../src/cli/shared/command.ts'

await runCommand((args) => runRestore(args, process.env.ADMIN_TOKEN, process.stdout))
