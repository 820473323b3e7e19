/** How well models.dev is matched with Artificial Analysis: `bun run measure-matching AA_PULL MODELS_DEV`. */
import { runCommand } from '../src/cli/shared/command.ts'
import { runMeasureMatching } from './measure/matching.ts'

await runCommand((args) => runMeasureMatching(args, process.stdout))
