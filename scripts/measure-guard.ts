/** Replays recorded pulls through the guard: `bun run measure-guard`. */
import { runCommand } from './command.ts'
import { runMeasureGuard } from './guard/run-measure-guard.ts'

await runCommand((args) => runMeasureGuard(args, process.env, process.stdout))
