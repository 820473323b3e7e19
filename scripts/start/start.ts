/** Runs the registry on this machine, with data in it: `npm start`. */
import { fileURLToPath } from 'node:url'
import { firstAdminToken } from '../../src/cli/shared/admin-token.ts'
import { runCommand } from '../../src/cli/shared/command.ts'
import { createRegistryClient, fetchStatus } from '../../src/cli/shared/registry-client.ts'
import { paint } from '../../src/cli/shared/terminal.ts'
import { parseConfig } from '../../src/config.ts'
import { PROJECT, readSettings } from '../shared/settings.ts'
import { fillRegistry, SAMPLE_BEGIN } from './fill-registry.ts'
import { type Running, runRegistry } from './run-registry.ts'
import { planStart, readStartOptions, START_HELP, type StartPlan } from './start-plan.ts'
import { describeStart } from './start-report.ts'
import { keepAdminToken, openStorage } from './storage.ts'
import { emptyTourLines, findTourStops, tourLines } from './tour.ts'
import { requireFreePort } from './wait-until-ready.ts'

await runCommand(async (args) => {
  const options = readStartOptions(args)
  if (options.help) {
    console.log(START_HELP)
    return 0
  }
  const plan = planStart(options, readSettings())
  for (const note of plan.notes) console.error(paint('yellow', note, process.stderr))
  const given = firstAdminToken(plan.vars.ADMIN_TOKEN)
  await requireFreePort(plan.port)
  const storage = openStorage(fileURLToPath(new URL(plan.storage, PROJECT)))
  const adminToken = given ?? keepAdminToken(storage)
  await runRegistry({ plan, storage, adminToken, verbose: options.verbose }, async (running) => {
    console.log(await prepare({ plan, adminToken, generated: given === undefined }, running))
  })
  return 0
})

interface Prepared {
  plan: StartPlan
  adminToken: string
  generated: boolean
}

/** Sees that the registry has data, and returns what there is to say. */
async function prepare({ plan, adminToken, generated }: Prepared, running: Running): Promise<string> {
  const { mode, port, storage, vars } = plan
  const client = createRegistryClient(`http://127.0.0.1:${port}`, adminToken)
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
