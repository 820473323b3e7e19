/** Checks the configuration, deploys, and says what to do next: `bun run deploy`. */
import { runCommand } from './command.ts'
import { runDeploy } from './deploy/run-deploy.ts'

await runCommand((args) => runDeploy(args, process.env, process.stdout))
