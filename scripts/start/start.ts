/** `start`: runs the registry on this machine, with data in it. */
import { fileURLToPath } from 'node:url'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { flag } from '../../src/cli/shared/options.ts'
import { fetchStatus, RegistryClient } from '../../src/cli/shared/registry-client.ts'
import { paint } from '../../src/cli/shared/terminal.ts'
import { firstToken } from '../../src/cli/shared/tokens.ts'
import { parseConfig } from '../../src/config.ts'
import { PROJECT, readSettings, SETTING_NAMES } from '../shared/settings.ts'
import { fillRegistry, SAMPLE_BEGIN } from './fill-registry.ts'
import { type Running, runRegistry } from './run-registry.ts'
import { checkStartOptions, planStart, type StartPlan } from './start-plan.ts'
import { describeStart } from './start-report.ts'
import { keepAdminToken, openStorage } from './storage.ts'
import { emptyTourLines, findTourStops, tourLines } from './tour.ts'
import { requireFreePort } from './wait-until-ready.ts'

export const start = defineCommand({
  description: `Runs the registry on this machine. With AA_API_KEY it pulls from every source, without one it serves a sample.

Settings, from the environment or .dev.vars: ${SETTING_NAMES.join(', ')}. Without ADMIN_TOKEN, one is generated and kept.`,
  options: {
    source: {
      type: 'string',
      value: 'name',
      description:
        'models.dev alone, which needs no key and has no scores: a snapshot that comes with the project, or MODELS_DEV_URL',
    },
    empty: flag('an empty registry in a storage directory of its own'),
    verbose: flag('show what wrangler writes'),
  },
  examples: ['--source models.dev', '--empty'],
  async run({ values: { source, empty, verbose } }, { output }) {
    const options = { empty, ...(source !== undefined && { source }) }
    checkStartOptions(options)
    const plan = planStart(options, readSettings())
    for (const note of plan.notes) console.error(paint('yellow', note, process.stderr))
    const given = firstToken(plan.vars, 'ADMIN_TOKEN')
    await requireFreePort(plan.port)
    const storage = openStorage(fileURLToPath(new URL(plan.storage, PROJECT)))
    const adminToken = given ?? keepAdminToken(storage)
    await runRegistry({ plan, storage, adminToken, verbose }, async (running) => {
      output.write(`${await prepare({ plan, adminToken, generated: given === undefined }, running)}\n`)
    })
    return 0
  },
})

interface Prepared {
  plan: StartPlan
  adminToken: string
  generated: boolean
}

/** Sees that the registry has data, and returns what to print. */
async function prepare({ plan, adminToken, generated }: Prepared, running: Running): Promise<string> {
  const { mode, port, storage, vars } = plan
  const client = new RegistryClient({ url: `http://127.0.0.1:${port}`, token: adminToken })
  const filling = await fillRegistry(client, plan, running.openSample)
  running.openSample()
  const { version, counts } = await fetchStatus(client)
  const stops =
    version === undefined ? undefined : await findTourStops(client, mode === 'sample' ? SAMPLE_BEGIN : undefined)
  const { readTokens } = parseConfig(vars)
  const readToken = readTokens.ok ? readTokens.value[0]?.token : undefined
  const context = { url: `http://localhost:${port}`, readToken }
  const lines = stops ? tourLines(context, stops) : emptyTourLines(context)
  return describeStart({ mode, url: context.url, filling, counts, adminToken, generated, storage, tourLines: lines })
}
