/**
 * Writes `data/manifest-preview.json`, a manifest made from a live pull by the code that the Worker runs: `bun run seed`.
 * Uploaded to KV, it lets a registry serve before its first pull.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { FLAG, refuseArguments } from '../../src/cli/shared/options.ts'
import { type Config, parseConfig, requireRunConfig } from '../../src/config.ts'
import type { OtherSource } from '../../src/core/build/build-catalogue.ts'
import { ownModelsOf } from '../../src/core/build/own-models.ts'
import type { SourcePull } from '../../src/core/build/statement.ts'
import { ok, type Result } from '../../src/core/failure.ts'
import { createMatcher } from '../../src/core/match/match.ts'
import type { SourceName } from '../../src/core/vocabulary.ts'
import { MODELS_DEV_ALIASES } from '../../src/sources/models-dev/aliases.ts'
import { modelsDevFailure } from '../../src/sources/models-dev/read-catalogue.ts'
import type { SourceSettings } from '../../src/sources/source.ts'
import { SOURCES } from '../../src/sources/sources.ts'
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
  const { sources, build } = unwrap(requireRunConfig(config))
  unwrap(config.modelsDevUrl)
  const modelsDev = await fetchPull('models.dev', sources['models.dev'])
  const artificialAnalysis = sources['artificial-analysis']
  const pull = artificialAnalysis
    ? unwrap(await fetchPull('artificial-analysis', artificialAnalysis))
    : ownModelsOf(unwrap(modelsDev))
  const { iqThresholds } = build
  const others = build.enriched ? othersOf(modelsDev) : []
  const seed = unwrap(seedOf({ pull, others, iqThresholds, now: new Date() }))
  await mkdir(new URL('data/', PROJECT), { recursive: true })
  await writeFile(new URL(FILE, PROJECT), seed.text)
  console.log(`Wrote ${FILE}: ${seed.models} models of ${seed.providers} providers, version ${seed.version}`)
  console.log(`Upload it with\n  wrangler kv key put --binding REGISTRY manifest --path ./${FILE} --remote`)
}

async function fetchPull(source: SourceName, settings: SourceSettings | undefined): Promise<Result<SourcePull>> {
  if (!settings) return modelsDevFailure('refused', 'MODELS_DEV_URL is empty')
  const fetched = await SOURCES[source].pull(settings, undefined, fetch)
  if (!fetched.ok) return fetched
  if (fetched.value === 'unchanged') throw new CommandError(`Cannot make a seed: ${source} sent nothing`)
  return ok(fetched.value.pull)
}

/** As in the registry, the failure of another source fails nothing else. */
function othersOf(pull: Result<SourcePull>): OtherSource[] {
  if (pull.ok) return [{ ...pull.value, match: createMatcher(pull.value.statements, MODELS_DEV_ALIASES) }]
  console.error(`Without context windows and ids: ${pull.failure.detail}`)
  return []
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new CommandError(result.failure.detail)
}
