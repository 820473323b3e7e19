/** Writes everything a registry remembers into a file: `bun run backup FILE --url URL`. */
import { runBackup } from './backup/run-backup.ts'
import { runCommand } from './command.ts'
import { waitForEnd } from './start/end-signal.ts'

const stop = new AbortController()
void waitForEnd().then(() => stop.abort())
await runCommand((args) => runBackup(args, process.env.ADMIN_TOKEN, process.stdout, stop.signal))
