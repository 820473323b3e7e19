/** Shows that reads stay whole while the registry changes under them: `bun run load`. */
import { CommandError, runCommand } from '../../src/cli/shared/command.ts'
import { waitForEnd } from '../../src/cli/shared/end-signal.ts'
import { LOAD_HELP, readLoadOptions } from './load/load-options.ts'
import { runLoad } from './load/run-load.ts'
import { Harness } from './workerd/harness.ts'

/** The harness is this script's alone, on the loopback interface, for some minutes. */
const ADMIN_TOKEN = 'load-of-mixed-reads'

await runCommand(async (args) => {
  const options = readLoadOptions(args)
  if (options === undefined) {
    console.log(LOAD_HELP)
    return 0
  }
  const interrupted = waitForEnd().then(() => {
    throw new CommandError('Stopped before the end')
  })
  // Told to end while the Worker is being built, it ends as soon as that is done.
  interrupted.catch(() => undefined)
  return Harness.run({ ADMIN_TOKEN }, ({ url }) =>
    Promise.race([interrupted, runLoad({ url, token: ADMIN_TOKEN }, options, process.stdout)]),
  )
})
