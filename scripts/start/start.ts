/** `start`: runs the registry on this machine, with data in it. */
import { fileURLToPath } from 'node:url'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { flag } from '../../src/cli/shared/options.ts'
import { fetchStatus, RegistryClient } from '../../src/cli/shared/registry-client.ts'
import { paint } from '../../src/cli/shared/terminal.ts'
import { firstToken } from '../../src/cli/shared/tokens.ts'
import { parseConfig, requireSources } from '../../src/config.ts'
import { PROJECT, readSettings, SETTING_NAMES, type Settings } from '../shared/settings.ts'
import { fillRegistry } from './fill-registry.ts'
import { canReachAny } from './reach-sources.ts'
import { type Running, runRegistry } from './run-registry.ts'
import {
  checkStartOptions,
  planStart,
  type StartOptions,
  type StartPlan,
  type Surroundings,
  storageOf,
} from './start-plan.ts'
import { describeStart } from './start-report.ts'
import { isFilled, keepAdminToken, markFilled, openStorage, type Storage } from './storage.ts'
import { emptyTourLines, findTourStops, tourLines } from './tour.ts'
import { requireFreePort } from './wait-until-ready.ts'

export const start = defineCommand({
  description: `Runs the registry on this machine with the current facts of models.dev, Epoch and Arena, which need no key, and of
Artificial Analysis if AA_API_KEY is set. If no source can be reached, it serves a sample of real facts.

Settings, from the environment or .dev.vars: ${SETTING_NAMES.join(', ')}. A source with an empty URL is disabled.
If ADMIN_TOKEN is not set, a token is generated and kept.`,
  options: {
    sample: flag('serve the sample, without requests to any source'),
    empty: flag('run an empty registry in its own storage directory'),
    verbose: flag('show the output of wrangler'),
  },
  examples: ['--sample', '--empty'],
  async run({ values: { sample, empty, verbose } }, { output }) {
    const options = { sample, empty }
    checkStartOptions(options)
    const settings = readSettings()
    const surroundings = await readSurroundings(options, settings)
    const plan = planStart(options, settings, surroundings)
    for (const note of plan.notes) console.error(paint('yellow', note, process.stderr))
    const given = firstToken(plan.vars, 'ADMIN_TOKEN')
    await requireFreePort(plan.port)
    const storage = openStorage(folderOf(plan.storage))
    const adminToken = given ?? keepAdminToken(storage)
    const prepared = { plan, ...surroundings, storage, adminToken, generated: given === undefined }
    report('Starting the registry')
    await runRegistry({ plan, storage, adminToken, verbose }, async (running) => {
      output.write(`${await prepare(prepared, running)}\n`)
    })
    return 0
  },
})

/** Each step takes seconds, of which nothing else is seen. */
const report = (step: string): void => console.error(paint('dim', step, process.stderr))

const folderOf = (storage: string): string => fileURLToPath(new URL(storage, PROJECT))

async function readSurroundings({ sample, empty }: StartOptions, settings: Settings): Promise<Surroundings> {
  const sources = requireSources(parseConfig(settings))
  const isReachable = !sample && !empty && sources.ok && (await canReachAny(sources.value))
  return { isReachable, hasLiveData: isFilled(folderOf(storageOf('live'))) }
}

interface Prepared {
  plan: StartPlan
  isReachable: boolean
  storage: Storage
  adminToken: string
  generated: boolean
}

/** Fills the registry with data, and returns what to print. */
async function prepare(prepared: Prepared, running: Running): Promise<string> {
  const { plan, isReachable, storage, adminToken, generated } = prepared
  const { mode, port, vars } = plan
  const client = new RegistryClient({ url: `http://127.0.0.1:${port}`, token: adminToken })
  if (mode === 'sample') report('Loading the missing parts of the sample')
  if (mode === 'live' && isReachable) report('Pulling from the sources, unless that was done today')
  const filling = await fillRegistry(client, { mode, isReachable })
  running.openSample()
  const { version, counts } = await fetchStatus(client)
  if (version !== undefined) markFilled(storage)
  const stops = version === undefined ? undefined : await findTourStops(client)
  const { readTokens } = parseConfig(vars)
  const needsToken = readTokens.ok && readTokens.value.length > 0
  const context = { url: `http://localhost:${port}`, needsToken }
  const lines = stops ? tourLines(context, stops) : emptyTourLines(context)
  const started = { mode, url: context.url, filling, counts, adminToken, generated, storage: plan.storage }
  return describeStart({ ...started, tourLines: lines })
}
