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
import { lastPullsOf, readSample } from '../sample/sample-pulls.ts'
import { PROJECT, readSettings, SETTING_NAMES } from '../shared/settings.ts'
import type { SourcePull } from '../shared/sources-alone.ts'
import { type Seed, seedOf } from './seed-manifest.ts'

const FILE = 'data/manifest-preview.json'
/** Settings of a running registry do not affect a manifest. */
const SETTINGS = SETTING_NAMES.filter(
  (name) => !['ADMIN_TOKEN', 'ALLOWED_ORIGINS', 'PORT', 'READ_TOKEN'].includes(name),
)

export const seed = defineCommand({
  description: `Pulls from every enabled source and writes the manifest to data/manifest-preview.json.

Settings, from the environment or .dev.vars: ${SETTINGS.join(', ')}.`,
  options: { sample: flag('use the sample that comes with the project, without requests to any source') },
  async run({ values }) {
    const config = parseConfig(readSettings())
    const pulls = values.sample ? lastPullsOf(readSample()) : await fetchPulls(config)
    await writeSeed(unwrap(seedOf(pulls, unwrap(requireBuildSettings(config)), new Date())))
    return 0
  },
})

async function fetchPulls(config: Config): Promise<SourcePull[]> {
  const fetched = await Promise.all([...unwrap(requireSources(config))].map((source) => fetchPull(...source)))
  const pulls = fetched.filter((pull) => pull !== undefined)
  if (pulls.length === 0) throw new CommandError('Cannot make a seed: every source failed')
  return pulls
}

async function writeSeed({ bytes, models, providers, version }: Seed): Promise<void> {
  await mkdir(new URL('data/', PROJECT), { recursive: true })
  await writeFile(new URL(FILE, PROJECT), bytes)
  console.log(`Wrote ${FILE}: ${models} models of ${providers} providers, version ${version}`)
  console.log(`Upload it with\n  npx wrangler kv key put --binding REGISTRY manifest --path ./${FILE} --remote`)
}

/** As in the registry, the failure of one source does not stop the others. */
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
