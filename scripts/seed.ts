/**
 * Writes `data/manifest-preview.json`, a manifest made from a live pull by the code that the Worker runs: `bun run seed`.
 * Uploaded to KV, it lets a registry serve before its first pull.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { type Config, parseConfig, requirePullConfig } from '../src/config.ts'
import type { Result } from '../src/core/failure.ts'
import { fetchPull } from '../src/sources/artificial-analysis-fetch.ts'
import { CommandError, parseOptions, runCommand } from './command.ts'
import { startSampleServer } from './sample/sample-server.ts'
import { seedOf } from './seed/seed-manifest.ts'
import { PROJECT, readSettings, type Settings } from './settings.ts'

const HELP = `Usage: bun run seed [--sample]
   or: npm run seed [-- --sample]

Writes data/manifest-preview.json from a live pull. AA_API_KEY, AA_TIER, AA_BASE_URL and IQ_THRESHOLDS are read from the
environment or .dev.vars.

  --sample   make it from the sample source instead, whose scores and speeds are made up
  --help     show this text`

const FILE = 'data/manifest-preview.json'
const SAMPLE_KEY = 'sample'

await runCommand(async (args) => {
  const { values, positionals } = parseOptions(args, {
    sample: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (positionals.length > 0)
    throw new CommandError(`Cannot make a seed: unknown argument "${positionals[0]}" (see --help)`)
  if (values.help) console.log(HELP)
  else await (values.sample ? seedFromSample(readSettings()) : seedFrom(parseConfig(readSettings())))
  return 0
})

async function seedFromSample(settings: Settings): Promise<void> {
  const sample = await startSampleServer(SAMPLE_KEY)
  try {
    sample.open()
    await seedFrom(parseConfig({ AA_TIER: 'pro', ...settings, AA_API_KEY: SAMPLE_KEY, AA_BASE_URL: sample.baseUrl }))
    console.log('Its scores and speeds are made up: it is for trying things out.')
  } finally {
    await sample.close()
  }
}

async function seedFrom(config: Config): Promise<void> {
  const pullConfig = unwrap(requirePullConfig(config))
  const { pull } = unwrap(await fetchPull(pullConfig, fetch))
  const seed = unwrap(seedOf(pull, pullConfig.iqThresholds, new Date()))
  await mkdir(new URL('data/', PROJECT), { recursive: true })
  await writeFile(new URL(FILE, PROJECT), seed.text)
  console.log(`Wrote ${FILE}: ${seed.models} models of ${seed.providers} providers, version ${seed.version}`)
  console.log(`Upload it with\n  wrangler kv key put --binding REGISTRY manifest --path ./${FILE} --remote`)
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new CommandError(result.failure.detail)
}
