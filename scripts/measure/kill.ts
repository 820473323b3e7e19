/** `measure kill`: shows that nothing acknowledged is lost, whenever the process ends and when the disk is full. */
import { defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { runKills } from './kill/run-kills.ts'
import { Harness } from './workerd/harness.ts'

/** The harness is this script's alone, on the loopback interface, for a minute. */
const ADMIN_TOKEN = 'killed-under-writes'

export const kill = defineCommand({
  description: `Runs the registry on the bare workerd, on loopback, sends pulls and overrides, and ends the process by SIGKILL
at random moments. After each restart every acknowledged commit and override must be there, the chain must verify, and
reads must be answered. Then the files of the process may not grow any further, as on a full disk: writes must fail
without an acknowledgement, reads go on, and writes succeed again once there is room. Needs Linux; nothing is left behind.`,
  options: {
    kills: { type: 'string', value: 'number', description: 'how often the process is ended', default: '20' },
    models: { type: 'string', value: 'number', description: 'models of each pull', default: '200' },
    seed: { type: 'string', value: 'number', description: 'of the moments', default: '1' },
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
