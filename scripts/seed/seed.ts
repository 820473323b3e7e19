/**
 * Writes `data/manifest-preview.json`, a manifest made from live pulls by the code that the Worker runs.
 * Uploaded to KV, it lets a registry serve before its first pull.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { flag } from '../../src/cli/shared/options.ts'
import { type Config, parseConfig, requireBuildSettings, requireSources } from '../../src/config.ts'
import type { Result } from '../../src/core/failure.ts'
import type { SourceName } from '../../src/core/vocabulary.ts'
import type { SourceSettings } from '../../src/sources/source.ts'
import { sourceNamed } from '../../src/sources/sources.ts'
import { startSampleServer } from '../sample/sample-server.ts'
import { BOARDS_OFF, PROJECT, readSettings, SETTING_NAMES, type Settings } from '../shared/settings.ts'
import type { SourcePull } from '../shared/sources-alone.ts'
import { seedOf } from './seed-manifest.ts'

const FILE = 'data/manifest-preview.json'
const SAMPLE_KEY = 'sample'
/** Those of a running registry mean nothing to a manifest. */
const SETTINGS = SETTING_NAMES.filter(
  (name) => !['ADMIN_TOKEN', 'ALLOWED_ORIGINS', 'PORT', 'READ_TOKEN'].includes(name),
)

export const seed = defineCommand({
  description: `Writes data/manifest-preview.json, a manifest, from live pulls of every source that is on.

Settings, from the environment or .dev.vars: ${SETTINGS.join(', ')}.`,
  options: { sample: flag('make it from the sample sources instead, whose scores and speeds are made up') },
  async run({ values }) {
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
        MODELS_DEV_URL: sample.modelsDevUrl,
        ...BOARDS_OFF,
      }),
    )
    console.log('Its scores and speeds are made up: it is for trying things out.')
  } finally {
    await sample.close()
  }
}

async function seedFrom(config: Config): Promise<void> {
  const settings = unwrap(requireBuildSettings(config))
  const fetched = await Promise.all([...unwrap(requireSources(config))].map((source) => fetchPull(...source)))
  const pulls = fetched.filter((pull) => pull !== undefined)
  if (pulls.length === 0) throw new CommandError('Cannot make a seed: every source failed')
  const seed = unwrap(seedOf(pulls, settings, new Date()))
  await mkdir(new URL('data/', PROJECT), { recursive: true })
  await writeFile(new URL(FILE, PROJECT), seed.bytes)
  console.log(`Wrote ${FILE}: ${seed.models} models of ${seed.providers} providers, version ${seed.version}`)
  console.log(`Upload it with\n  wrangler kv key put --binding REGISTRY manifest --path ./${FILE} --remote`)
}

/** As in the registry, the failure of one source stops no other. */
async function fetchPull(name: SourceName, settings: SourceSettings): Promise<SourcePull | undefined> {
  const fetched = await sourceNamed(name).pull(settings, {}, fetch)
  if (fetched.ok && fetched.value !== 'unchanged') return { source: name, pages: fetched.value.pages }
  console.error(fetched.ok ? `Without ${name}: it sent nothing` : `Without ${name}: ${fetched.failure.detail}`)
  return undefined
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new CommandError(result.failure.detail)
}
