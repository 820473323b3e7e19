/** `measure past-manifest`: what a past manifest costs, beside what no code that reads it from SQLite can save. */

import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { createProgress } from '../../src/cli/shared/progress.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { readBenchData } from './bench/bench-data.ts'
import { sendPulls } from './bench/fill-registry.ts'
import { measurePastManifest, NEIGHBOURS } from './past-manifest/measure-past-manifest.ts'
import { describePastManifest } from './past-manifest/past-manifest-report.ts'
import { Harness } from './workerd/harness.ts'

/** The harness is this script's alone, on the loopback interface, for a minute. */
const ADMIN_TOKEN = 'past-manifests-of-a-registry'
const MAX_ROUNDS = 200
/** The sources must be on for their pulls to be used, and nothing may be fetched: nothing listens on this port. */
const NOWHERE = 'http://127.0.0.1:9/'

export const pastManifest = defineCommand({
  description: `Asks the Durable Object on the bare workerd for past manifests, past the Worker and all caches, and prints their CPU time
beside that of an object that only does one step: sends the bytes, hashes them, finds the rows, reads them as texts, joins
them, or reads them as one value for each provider. On the catalogue of models.dev that RECORDED_DATA holds, else on one
that is made up; loopback only, about a minute.`,
  options: {
    rounds: { type: 'string', value: 'number', description: 'rounds, of which the medians are taken', default: '7' },
  },
  environment: { RECORDED_DATA: 'the directory of recorded data, with models-dev' },
  async run({ values }, { env, output, notes }) {
    const rounds = readCount('measure', 'rounds', values.rounds, 1, MAX_ROUNDS)
    const data = await readBenchData(env.RECORDED_DATA)
    const progress = createProgress(rounds, notes)
    const measured = await Harness.run(
      { ADMIN_TOKEN, ...BOARDS_OFF, MODELS_DEV_URL: NOWHERE, EPOCH_URL: NOWHERE },
      async (harness) => {
        const versions = await sendPulls(harness, ADMIN_TOKEN, data)
        if (versions.length < 2) throw new CommandError('Cannot measure: no commit is past')
        return measurePastManifest(harness, versions.length, rounds, () => progress.step('round'))
      },
      NEIGHBOURS,
    )
    progress.end()
    output.write(`${data.name}\n\n${describePastManifest(measured)}\n`)
    return 0
  },
})
