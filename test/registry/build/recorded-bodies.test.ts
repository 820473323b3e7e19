import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Model, Provider } from '../../../src/core/schema/model.ts'
import { independentCanonical } from '../../support/core/naive/independent-canonical.ts'
import { bytesOf, withRegistry } from '../../support/registry/opened-registry.ts'
import { readRecordedBody, recordedBodies } from '../../support/registry/recorded/recorded-bodies.ts'

const why = recordedBodies.length > 0 ? '' : ' (skipped: RECORDED_DATA is not set)'
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The root by an independent implementation. */
function independentRoot({ providers, models }: { providers: Provider[]; models: Model[] }): string {
  const digests = providers.map((provider) => [
    provider.value,
    sha256(independentCanonical({ models: models.filter((model) => model.provider === provider.value), provider })),
  ])
  return sha256(independentCanonical(Object.fromEntries(digests)))
}

describe.skipIf(recordedBodies.length === 0)(`recorded bodies of models.dev${why}`, () => {
  it('give a catalogue of all their rows, with a root that anyone can recompute', { timeout: 120_000 }, () =>
    withRegistry(
      async (opened) => {
        for (const { date, path } of recordedBodies) {
          const body = await readRecordedBody(path)
          const pull = { source: 'models.dev', fetchedAt: `${date}T02:00:00.000Z`, body }
          const taken = opened.registry.importPull(bytesOf(pull), true)
          expect(taken).toMatchObject({ ok: true, value: { outcome: 'committed' } })
          const listed: { models: object }[] = Object.values(JSON.parse(body))
          const rows = listed.reduce((sum, { models }) => sum + Object.keys(models).length, 0)
          const commit = opened.commits().at(-1)
          const manifest = opened.manifest(commit?.seq ?? 0)
          expect([manifest.models.length, manifest.providers.length]).toEqual([rows, listed.length])
          expect(independentRoot(manifest)).toBe(commit?.root)
        }
      },
      { vars: { MODELS_DEV_URL: 'https://models.dev/api.json' } },
    ),
  )
})
