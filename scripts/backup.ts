/** Writes everything a registry remembers into a file: `bun run backup FILE --url URL`. */
import { runBackup } from '../src/cli/commands/backup.ts'
import { runCommand } from '../src/cli/shared/command.ts'
import { waitForEnd } from '../src/cli/shared/end-signal.ts'

const stop = new AbortController()
void waitForEnd().then(() => stop.abort())
await runCommand((args) => runBackup(args, process.env.ADMIN_TOKEN, process.stdout, stop.signal))
