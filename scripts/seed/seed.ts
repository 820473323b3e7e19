/**
 * Writes `data/manifest-preview.json`, a manifest made from a live pull by the code that the Worker runs: `bun run seed`.
 * Uploaded to KV, it lets a registry serve before its first pull.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { FLAG, refuseArguments } from '../../src/cli/shared/options.ts'
import { type Config, parseConfig, requireRunConfig } from '../../src/config.ts'
import type { SecondSource } from '../../src/core/build/build-catalogue.ts'
import { type Enrichment, pullOf } from '../../src/core/build/enrichment.ts'
import type { Result } from '../../src/core/failure.ts'
import { createMatcher } from '../../src/core/match/match.ts'
import { fetchPull } from '../../src/sources/artificial-analysis/fetch-pull.ts'
import { MODELS_DEV_ALIASES } from '../../src/sources/models-dev/aliases.ts'
import { fetchModelsDev } from '../../src/sources/models-dev/fetch-catalogue.ts'
import { modelsDevFailure, readModelsDev } from '../../src/sources/models-dev/read-catalogue.ts'
import { startSampleServer } from '../sample/sample-server.ts'
import { PROJECT, readSettings, type Settings } from '../shared/settings.ts'
import { seedOf } from './seed-manifest.ts'

const HELP = `Usage: bun run seed [--sample]
   or: npm run seed [-- --sample]

Writes data/manifest-preview.json from a live pull. AA_API_KEY, AA_TIER, AA_BASE_URL, MODELS_DEV_URL and IQ_THRESHOLDS are
read from the environment or .dev.vars.

  --sample   make it from the sample source instead, whose scores and speeds are made up
  --help     show this text`

const FILE = 'data/manifest-preview.json'
const SAMPLE_KEY = 'sample'

export const seed = defineCommand({
  help: HELP,
  options: { sample: FLAG },
  async run({ values, positionals }) {
    refuseArguments('make a seed', positionals)
    await (values.sample ? seedFromSample(readSettings()) : seedFrom(parseConfig(readSettings())))
    return 0
  },
})

async function seedFromSample(settings: Settings): Promise<void> {
  const sample = await startSampleServer(SAMPLE_KEY)
  try {
    sample.open()
    await seedFrom(
      parseConfig({
        AA_TIER: 'pro',
        ...settings,
        AA_API_KEY: SAMPLE_KEY,
        AA_BASE_URL: sample.baseUrl,
        MODELS_DEV_URL: '',
      }),
    )
    console.log('Its scores and speeds are made up: it is for trying things out.')
  } finally {
    await sample.close()
  }
}

async function seedFrom(config: Config): Promise<void> {
  const { artificialAnalysis, build } = unwrap(requireRunConfig(config))
  const enrichment = await fetchEnrichment(config)
  const pull = artificialAnalysis ? unwrap(await fetchPull(artificialAnalysis, fetch)).pull : pullOf(unwrap(enrichment))
  const { iqThresholds } = build
  const seed = unwrap(seedOf({ pull, iqThresholds, now: new Date(), ...(build.enriched && secondOf(enrichment)) }))
  await mkdir(new URL('data/', PROJECT), { recursive: true })
  await writeFile(new URL(FILE, PROJECT), seed.text)
  console.log(`Wrote ${FILE}: ${seed.models} models of ${seed.providers} providers, version ${seed.version}`)
  console.log(`Upload it with\n  wrangler kv key put --binding REGISTRY manifest --path ./${FILE} --remote`)
}

async function fetchEnrichment({ modelsDevUrl }: Config): Promise<Result<Enrichment>> {
  const url = unwrap(modelsDevUrl)
  if (url === undefined) return modelsDevFailure('refused', 'MODELS_DEV_URL is empty')
  const fetched = await fetchModelsDev({ url }, fetch)
  return fetched.ok ? readModelsDev(fetched.value?.json) : fetched
}

/** As in the registry, the second source's failure fails nothing else. */
function secondOf(enrichment: Result<Enrichment>): { second?: SecondSource } {
  if (enrichment.ok)
    return {
      second: { match: createMatcher(enrichment.value, MODELS_DEV_ALIASES), attribution: enrichment.value.attribution },
    }
  console.error(`Without context windows and ids: ${enrichment.failure.detail}`)
  return {}
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new CommandError(result.failure.detail)
}
