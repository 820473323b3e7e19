/** Checks the history of a registry, as anybody can: `bun run verify --url URL`. */
import { runCommand } from './command.ts'
import { runVerify } from './verify/run-verify.ts'

await runCommand((args) => runVerify(args, process.env, process.stdout))
