/** `start`: runs the registry on this machine, with data in it. */
import { fileURLToPath } from 'node:url'
import { defineCommand } from '../../src/cli/shared/command.ts'
import { FLAG, refuseArguments } from '../../src/cli/shared/options.ts'
import { fetchStatus, RegistryClient } from '../../src/cli/shared/registry-client.ts'
import { paint } from '../../src/cli/shared/terminal.ts'
import { firstToken } from '../../src/cli/shared/tokens.ts'
import { parseConfig, requireSources } from '../../src/config.ts'
import { PROJECT, readSettings, type Settings } from '../shared/settings.ts'
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

const HELP = `Usage: npm start [-- --sample | --empty] [-- --verbose]
   or: bun start [--sample | --empty] [--verbose]

Runs the registry on this machine with what models.dev, Epoch and Arena state today, none of which needs a key, and with
AA_API_KEY what Artificial Analysis states, too. Where none of them can be reached it serves a sample of real facts.

  --sample    the sample, without asking any source
  --empty     an empty registry in a storage folder of its own
  --verbose   show what wrangler writes
  --help      show this text

Settings, from the environment or .dev.vars: PORT, AA_API_KEY, AA_BASE_URL, AA_TIER, ADMIN_TOKEN, ALLOWED_ORIGINS,
ARENA_CARD_URL, ARENA_URL, EPOCH_URL, IQ_BASIS, IQ_THRESHOLDS, MODELS_DEV_URL, PROVIDERS, READ_TOKEN. A source whose URL
is set to nothing is off. Without ADMIN_TOKEN one is generated and kept.`

export const start = defineCommand({
  help: HELP,
  options: { sample: FLAG, empty: FLAG, verbose: FLAG },
  async run({ values: { sample, empty, verbose }, positionals }, { output }) {
    refuseArguments('start the registry', positionals)
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
    await runRegistry({ plan, storage, adminToken, verbose }, async (running) => {
      output.write(`${await prepare(prepared, running)}\n`)
    })
    return 0
  },
})

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

/** Sees that the registry has data, and returns what to print. */
async function prepare(prepared: Prepared, running: Running): Promise<string> {
  const { plan, isReachable, storage, adminToken, generated } = prepared
  const { mode, port, vars } = plan
  const client = new RegistryClient({ url: `http://127.0.0.1:${port}`, token: adminToken })
  const filling = await fillRegistry(client, { mode, isReachable })
  running.openSample()
  const { version, counts } = await fetchStatus(client)
  if (version !== undefined) markFilled(storage)
  const stops = version === undefined ? undefined : await findTourStops(client)
  const { readTokens } = parseConfig(vars)
  const readToken = readTokens.ok ? readTokens.value[0]?.token : undefined
  const context = { url: `http://localhost:${port}`, readToken }
  const lines = stops ? tourLines(context, stops) : emptyTourLines(context)
  const started = { mode, url: context.url, filling, counts, adminToken, generated, storage: plan.storage }
  return describeStart({ ...started, tourLines: lines })
}
