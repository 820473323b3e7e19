/** Writes what a registry serves as files for people: `bun run snapshot --url URL --out DIR`. */
import { runCommand } from './command.ts'
import { runSnapshot } from './snapshot/run-snapshot.ts'

await runCommand((args) => runSnapshot(args, process.env, process.stdout))
