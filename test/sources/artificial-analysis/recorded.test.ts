/**
 * Laws on real replies. They belong to their source, so these tests read them from the folder that RECORDED_DATA names
 * and are skipped where it is unset.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { buildCatalogue } from '../../../src/core/build/build-catalogue.ts'
import type { ProviderNames } from '../../../src/core/build/provider-names.ts'
import type { SourcePull } from '../../../src/core/build/statement.ts'
import { Catalogue } from '../../../src/core/schema/model.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../../../src/core/score.ts'
import { bodiesOf, contentText, versionOf } from '../../../src/core/version.ts'
import { AA_CREATORS } from '../../../src/sources/artificial-analysis/creators.ts'
import { readPage, reasoningByName } from '../../../src/sources/artificial-analysis/read-pull.ts'
import { sha256 } from '../../support/core/independent-canonical.ts'
import { readRecorded, recordedData, recordedFile, whySkipped } from '../../support/recorded-data.ts'
import { pullOf } from '../../support/sources/read-pages.ts'

const Recorded = z.object({ fetchedAt: z.iso.datetime({ offset: true }), pages: z.array(z.unknown()) })
const Creators = z.array(z.object({ id: z.string(), slug: z.string() }))

describe.skipIf(!recordedData)(`recorded replies${whySkipped}`, () => {
  it('become a catalogue of all their rows, each day of the Free tier', () => {
    const files = readdirSync(recordedFile('aa/pulls')).filter((name) => name.endsWith('.json.gz'))
    expect(files.length).toBeGreaterThan(0)
    let names: ProviderNames = {}
    for (const file of files.toSorted()) {
      const pull = pullOf(Recorded.parse(readRecorded(`aa/pulls/${file}`)).pages)
      const catalogue = expectWholeCatalogue(pull, names)
      names = catalogue.names
    }
    expect(Object.values(names)).not.toContain('unknown')
  })

  it('become a catalogue of all their rows, of the Pro tier', () => {
    const pull = pullOf(Recorded.parse(readRecorded('aa/pro-2026-08-22.json.gz')).pages)
    const { models } = expectWholeCatalogue(pull, {}).catalogue
    expect(models.filter((model) => model.metrics?.contextWindow).length).toBeGreaterThan(models.length / 2)
    expect(models.filter((model) => model.capabilities?.vision).length).toBeGreaterThan(50)
  })

  it('read as they came, a raw page of the Free tier', () => {
    const raw = z
      .looseObject({ data: z.array(z.unknown()) })
      .parse(readRecorded('aa/free-page1-of-3-2026-06-27.json.gz'))
    const page = readPage(raw, 1)
    expect(page).toMatchObject({ ok: true, value: { tier: 'free', pagination: { page: 1, total_pages: 3 } } })
    expect(page).toMatchObject({ value: { data: { length: raw.data.length } } })
  })

  it('never say of a model by its name what its Pro row denies', () => {
    const { statements } = pullOf(Recorded.parse(readRecorded('aa/pro-2026-08-22.json.gz')).pages)
    const spoken = statements.filter(({ name }) => reasoningByName(name) !== undefined)
    expect(spoken.length).toBeGreaterThan(statements.length / 3)
    expect(spoken.filter(({ name, facts }) => reasoningByName(name) !== facts.capabilities?.reasoning)).toEqual([])
  })

  it('know their creators by the slugs that the retired API gave, Microsoft apart', () => {
    const slugs = Creators.parse(JSON.parse(readFileSync(recordedFile('aa/creators.json'), 'utf8'))).map(
      ({ id, slug }) => [id, slug === 'azure' ? 'microsoft' : slug],
    )
    expect(Object.fromEntries(AA_CREATORS)).toEqual(Object.fromEntries(slugs))
  })
})

function expectWholeCatalogue(pull: SourcePull, names: ProviderNames) {
  const built = build(pull, names)
  const { models, providers } = built.catalogue
  expect(Catalogue.parse(built.catalogue)).toStrictEqual(built.catalogue)
  expect(new Set(models.map(({ id }) => id))).toEqual(new Set(pull.statements.map(({ id }) => id)))
  const keys = models.map((model) => `${model.provider}\0${model.value}`)
  expect(keys).toEqual(keys.toSorted())
  expect(new Set(keys).size).toBe(pull.statements.length)
  expect(providers.map(({ value }) => value)).toEqual([...new Set(models.map(({ provider }) => provider))].toSorted())
  const turned = build({ ...pull, statements: pull.statements.toReversed() }, names)
  expect(versionIdOf(turned.catalogue)).toEqual(versionIdOf(built.catalogue))
  return built
}

function build(pull: SourcePull, names: ProviderNames) {
  const reserved = AA_CREATORS.values()
  const result = buildCatalogue({ pull, iqThresholds: DEFAULT_IQ_THRESHOLDS, names, reserved })
  if (!result.ok) throw new Error(result.failure.detail)
  return result.value
}

function versionIdOf(catalogue: Catalogue) {
  return versionOf(sha256(contentText(bodiesOf(catalogue))))
}
