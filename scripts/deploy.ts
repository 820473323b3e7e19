/** Checks the configuration, deploys, and says what to do next: `bun run deploy`. */
import { runCommand } from '../src/cli/shared/command.ts'
import { runDeploy } from './deploy/deploy.ts'

await runCommand((args) => runDeploy(args, process.env, process.stdout))
