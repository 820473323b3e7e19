/** How well models.dev is read: `bun run measure-reading`. */
import { runCommand } from './command.ts'
import { runMeasureReading } from './reading/run-measure-reading.ts'

await runCommand((args) => runMeasureReading(args, process.stdout))
