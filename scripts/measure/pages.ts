/** `measure pages`: how fast pages are on a slow phone, what they weigh, and what they cost the Worker. */
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { readCount } from '../../src/cli/shared/options.ts'
import { createProgress } from '../../src/cli/shared/progress.ts'
import { RegistryClient } from '../../src/cli/shared/registry-client.ts'
import { modelPath } from '../../src/views/pages/format/paths.ts'
import { BOARDS_OFF } from '../shared/settings.ts'
import { readBenchData } from './bench/bench-data.ts'
import { type KvContent, readKv, sendPulls } from './bench/fill-registry.ts'
import { NEIGHBOURS } from './bench/neighbours.ts'
import { startBarePage } from './pages/bare-page.ts'
import { timeList } from './pages/browser-times.ts'
import { weighPage } from './pages/page-bytes.ts'
import { type MeasuredPage, measurePage, type PageCost } from './pages/page-costs.ts'
import { describeBytes, describeCosts, describeTimes } from './pages/pages-report.ts'
import { Harness } from './workerd/harness.ts'

const MAX_ROUNDS = 50
/** The harness is this script's alone, on the loopback interface, for some minutes. */
const ADMIN_TOKEN = 'pages-that-are-measured'
/** The sources must be on for their pulls to be used, and nothing may be fetched: nothing listens on this port. */
const NOWHERE = 'http://127.0.0.1:9/'
const VARS = { ADMIN_TOKEN, ...BOARDS_OFF, MODELS_DEV_URL: NOWHERE, EPOCH_URL: NOWHERE }
/** The newest, and one before it, for the changes that the list shows. */
const DAYS = 2

export const measurePages = defineCommand({
  description: `Runs the Worker on the bare workerd with the catalogue of models.dev that RECORDED_DATA holds, else with one that is made
up, and opens its pages in Chromium at 360 px with the CPU slowed four times. Prints how long the list takes to show, to
filter and to sort, the bytes of the page of a model, and the CPU of pages beyond a bare Worker, with the aims beside
them. Loopback only, some minutes; nothing is left behind. Needs Linux, and Chromium: one on the PATH, or Playwright's.`,
  options: {
    rounds: { type: 'string', value: 'number', description: 'rounds, of which the medians are taken', default: '10' },
  },
  environment: {
    RECORDED_DATA: 'the directory of recorded data, with models-dev',
    CHROMIUM_PATH: 'Chromium, where it is elsewhere',
  },
  exitCodes: { 0: 'measured, whether the aims are met or not' },
  async run({ values }, { output, notes }) {
    const rounds = readCount('measure', 'rounds', values.rounds, 1, MAX_ROUNDS)
    // Playwright is installed for development only.
    const { findChromium, startChromium } = await import('../screenshots/chromium.ts')
    const executable = findChromium()
    if (executable === undefined) throw new CommandError('Cannot measure pages: Chromium is not installed')
    const data = await readBenchData(process.env.RECORDED_DATA)
    await Harness.run(
      VARS,
      async (harness) => {
        const [scores, ...days] = data.pulls
        await sendPulls(harness, ADMIN_TOKEN, { ...data, pulls: [...(scores ? [scores] : []), ...days.slice(-DAYS)] })
        const kv = await readKv(harness)
        const progress = createProgress(rounds, notes)
        const bare = await startBarePage(harness.url)
        const browser = await startChromium(executable)
        const times = []
        try {
          for (let round = 0; round < rounds; round++) {
            times.push(await timeList(browser, harness.url, bare.url))
            progress.step('round')
          }
        } finally {
          progress.end()
          await browser.close()
          bare.close()
        }
        const models = await modelPaths(harness)
        const [model = '/'] = models
        output.write(`${data.name}\n\n${describeTimes(times)}\n\n`)
        output.write(`${describeBytes(model, await weighPage(harness.url, model))}\n\n`)
        output.write(`${describeCosts(await measureCosts(harness, kv, models))}\n`)
      },
      NEIGHBOURS,
    )
    return 0
  },
})

const KNOWN = { provider: 'openai', value: 'gpt-4o' }

/** What many people look up first, if it is there. */
async function modelPaths(harness: Harness): Promise<string[]> {
  const client = new RegistryClient({ url: harness.url })
  const { models } = await client.read('Cannot measure', (registry) => registry.getManifest())
  const isKnown = ({ provider, value }: typeof KNOWN) => provider === KNOWN.provider && value === KNOWN.value
  return [...models.filter(isKnown), ...models.filter((model) => !isKnown(model))].map(modelPath)
}

async function measureCosts(
  harness: Harness,
  kv: KvContent,
  models: readonly string[],
): Promise<Record<string, PageCost>> {
  const [model = '/', ...others] = models
  const pages: Record<string, MeasuredPage> = {
    'the list': { path: '/', other: (count) => `/?minContextWindow=${count + 1}` },
    'a model': { path: model, other: (count) => others[count] ?? model },
  }
  const costs: Record<string, PageCost> = {}
  for (const [name, page] of Object.entries(pages)) costs[name] = await measurePage(harness, kv, page)
  return costs
}
