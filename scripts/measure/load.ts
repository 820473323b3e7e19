/** `measure load`: shows that reads stay consistent while the registry changes. */

import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { runLoad } from './load/run-load.ts'
import { Harness } from './workerd/harness.ts'

const BARE = { name: 'bare', script: new URL('bench/workers/hello-worker.js', import.meta.url) }
/** Only this script uses the harness, on the loopback interface, for a few minutes. */
const ADMIN_TOKEN = 'load-of-mixed-reads'

export const load = defineCommand({
  description: `Runs the registry on plain workerd, on loopback, with generated models, and reads its API and pages on several
keep-alive connections while pulls and overrides arrive. For comparison, one request in ten goes to a minimal Worker in the
same process. Fails if a read fails, if a body does not match its ETag, or if a connection gets an older version after a
newer one. Needs Linux; removes its files.`,
  options: {
    seconds: { type: 'string', value: 'number', description: 'the duration in seconds', default: '60' },
    connections: { type: 'string', value: 'number', description: 'the number of connections', default: '8' },
    models: { type: 'string', value: 'number', description: 'the number of models in each pull', default: '700' },
  },
  exitCodes: { 1: 'failed, or a read was wrong' },
  async run({ values }, { output, notes }) {
    const count = (name: keyof typeof values, min: number, max: number) =>
      readCount('load the registry', name, values[name], min, max)
    const seconds = count('seconds', 1, 3600)
    const connections = count('connections', 1, 100)
    // AA is read up to 40 pages of 200.
    const models = count('models', 100, 8000)
    return Harness.run(
      { ADMIN_TOKEN, MODELS_DEV_URL: '', ...BOARDS_OFF },
      (harness) => {
        const target = { url: harness.url, bareUrl: harness.urlOf(BARE.name), token: ADMIN_TOKEN }
        return runLoad(target, { seconds, connections, models }, { output, notes })
      },
      [BARE],
    )
  },
})
