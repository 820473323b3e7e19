/** `measure load`: shows that reads stay whole while the registry changes under them. */

import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { runLoad } from './load/run-load.ts'
import { Harness } from './workerd/harness.ts'

const BARE = { name: 'bare', script: new URL('bench/workers/hello-worker.js', import.meta.url) }
/** The harness is this script's alone, on the loopback interface, for some minutes. */
const ADMIN_TOKEN = 'load-of-mixed-reads'

export const load = defineCommand({
  description: `Runs the registry on the bare workerd, on loopback, with made-up models, and reads its API and pages on several
keep-alive connections while pulls and overrides arrive. One request in ten goes to a bare Worker in the same process, to
compare with. Fails when a read fails, when a body is not what its ETag says, or when a connection gets an older version
after a newer one. Needs Linux; nothing is left behind.`,
  options: {
    seconds: { type: 'string', value: 'number', description: 'the duration', default: '60' },
    connections: { type: 'string', value: 'number', description: 'the number of reading connections', default: '8' },
    models: { type: 'string', value: 'number', description: 'models of each pull', default: '700' },
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
