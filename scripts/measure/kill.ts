/** `measure kill`: shows that no acknowledged write is lost when the process is killed or the disk is full. */
import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { runKills } from './kill/run-kills.ts'
import { Harness } from './workerd/harness.ts'

/** Only this script uses the harness, on the loopback interface, for a minute. */
const ADMIN_TOKEN = 'killed-under-writes'

export const kill = defineCommand({
  description: `Runs the registry on plain workerd, on loopback, sends pulls and overrides, and kills the process with SIGKILL at
random moments. After each restart every acknowledged commit and override must exist, the chain must verify, and reads
must succeed. Then it simulates a full disk: writes must fail without being acknowledged, reads must still succeed, and
writes must succeed again once there is space. Needs Linux; removes its files.`,
  options: {
    kills: { type: 'string', value: 'number', description: 'how often to kill the process', default: '20' },
    models: { type: 'string', value: 'number', description: 'the number of models in each pull', default: '200' },
    seed: { type: 'string', value: 'number', description: 'the seed of the random moments', default: '1' },
  },
  exitCodes: { 1: 'failed, or something was lost' },
  async run({ values }, { output }) {
    const count = (name: keyof typeof values, min: number, max: number) =>
      readCount('end the registry', name, values[name], min, max)
    const options = {
      kills: count('kills', 1, 10_000),
      models: count('models', 100, 8000),
      seed: count('seed', 0, 1e9),
    }
    return Harness.run({ ADMIN_TOKEN, MODELS_DEV_URL: '', ...BOARDS_OFF }, (harness) =>
      runKills(harness, ADMIN_TOKEN, options, output),
    )
  },
})
