/** How well models of models.dev are put into families: `bun run measure-families [BODY]`. */
import { runCommand } from './command.ts'
import { runMeasureFamilies } from './families/run-measure-families.ts'

await runCommand((args) => runMeasureFamilies(args, process.env, process.stdout))
