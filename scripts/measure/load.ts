/** `load`: shows that reads stay whole while the registry changes under them. */

import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount, refuseArguments } from '../../src/cli/shared/options.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { runLoad } from './load/run-load.ts'
import { Harness } from './workerd/harness.ts'

const HELP = `Usage: bun run load [--seconds N] [--connections N] [--models N]
   or: npm run load [-- --seconds N ...]

Runs the registry on the bare workerd, on loopback, with made-up models, and reads it on several keep-alive connections
at once while pulls and overrides arrive. Fails when a read fails, when a body is not what its ETag says, or when a
connection is shown an older version after a newer one. Needs Linux; nothing is left behind.

  --seconds N       how long (default: 60)
  --connections N   how many read at once (default: 8)
  --models N        models of each pull (default: 700)
  --help            show this text`

/** The harness is this script's alone, on the loopback interface, for some minutes. */
const ADMIN_TOKEN = 'load-of-mixed-reads'

export const load = defineCommand({
  help: HELP,
  options: {
    seconds: { type: 'string', default: '60' },
    connections: { type: 'string', default: '8' },
    models: { type: 'string', default: '700' },
  },
  async run({ values, positionals }, { output }) {
    refuseArguments('load the registry', positionals)
    const count = (name: keyof typeof values, min: number, max: number) =>
      readCount('load the registry', name, values[name], min, max)
    const seconds = count('seconds', 1, 3600)
    const connections = count('connections', 1, 100)
    // AA is read up to 40 pages of 200.
    const models = count('models', 100, 8000)
    return Harness.run({ ADMIN_TOKEN, MODELS_DEV_URL: '', ...BOARDS_OFF }, ({ url }) =>
      runLoad({ url, token: ADMIN_TOKEN }, { seconds, connections, models }, output),
    )
  },
})
