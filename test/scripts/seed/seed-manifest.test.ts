import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { lastPullsOf, readSample } from '../../../scripts/sample/sample-pulls.ts'
import { seedOf } from '../../../scripts/seed/seed-manifest.ts'
import { parseConfig, requireBuildSettings } from '../../../src/config.ts'
import { Manifest } from '../../../src/core/schema/history.ts'
import { independentCanonical } from '../../support/core/naive/independent-canonical.ts'

const NOW = new Date('2026-07-02T12:00:00Z')
const PULLS = lastPullsOf(readSample())

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function seedFrom(pulls: typeof PULLS, vars: Record<string, string> = {}) {
  const settings = requireBuildSettings(parseConfig(vars))
  const seed = settings.ok ? seedOf(pulls, settings.value, NOW) : settings
  if (!seed.ok) throw new Error(seed.failure.detail)
  const manifest = Manifest.parse(JSON.parse(new TextDecoder().decode(seed.value.bytes)))
  return { ...seed.value, manifest }
}

describe('seedOf()', () => {
  const { manifest, version, models, providers } = seedFrom(PULLS)

  it('creates a manifest whose root, computed from its JSON alone, is its etag', () => {
    const digests = manifest.providers.map((provider) => {
      const own = manifest.models.filter((model) => model.provider === provider.value)
      return [provider.value, sha256(independentCanonical({ models: own, provider }))]
    })
    const root = sha256(independentCanonical(Object.fromEntries(digests)))
    expect(manifest.etag).toBe(`"${root.slice(0, 32)}"`)
    expect(manifest.version).toBe(`v1.${root.slice(0, 12)}`)
    expect(version).toBe(manifest.version)
  })

  it('is dated now, credits its sources and counts its content', () => {
    expect(manifest.generatedAt).toBe('2026-07-02T12:00:00.000Z')
    expect(manifest.attribution.map(({ url }) => url).sort()).toEqual(['https://epoch.ai/eci', 'https://models.dev/'])
    expect([models, providers]).toEqual([manifest.models.length, manifest.providers.length])
  })

  it('has the facts of all sources, joined by family', () => {
    const family = manifest.models.filter(({ family }) => family === 'openai/gpt-5')
    expect(family.find(({ firstParty }) => firstParty)?.metrics?.epochCapabilitiesIndex).toBe(150)
    expect(family.map(({ iq }) => iq)).toEqual(family.map(() => 4))
  })

  it('uses the settings of the registry', () => {
    const kept = seedFrom(PULLS, { PROVIDERS: 'openai,xai' })
    expect(kept.manifest.providers.map(({ value }) => value)).toEqual(['openai', 'xai'])
    expect(manifest.iqBasis).toBe('epoch')
    // Without a score there is no basis.
    const listed = PULLS.filter(({ source }) => source === 'models.dev')
    expect(seedFrom(listed).manifest.iqBasis).toBeUndefined()
  })

  it('fails if a file is not a pull', () => {
    const settings = requireBuildSettings(parseConfig({}))
    const wrong = PULLS.map(({ source }) => ({ source, pages: [{}] }))
    expect(settings.ok && seedOf(wrong, settings.value, NOW)).toMatchObject({ ok: false })
  })
})
