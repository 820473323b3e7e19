import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planReplay } from '../../../scripts/backfill/git/replay.ts'
import { type Files, MadeUpRepository } from '../../support/scripts/made-up-repository.ts'

const NOW = Date.parse('2026-08-01T12:00:00Z')

let repository: MadeUpRepository
beforeEach(() => {
  repository = new MadeUpRepository()
})
afterEach(() => repository.remove())

const PROVIDER = 'name = "Lab"\nnpm = "@ai-sdk/lab"\n'
const row = (name: string, more = '') => `name = "${name}"\n${more}`
const lab = (files: Files = {}): Files => ({ 'providers/lab/provider.toml': PROVIDER, ...files })

function replay(isWanted: (day: { date: string }) => boolean = () => true, notes: string[] = []) {
  return [...planReplay(repository.folder, { now: NOW, isWanted }, (text) => notes.push(text)).days]
}

/** The rows that the last day sets. */
const rowsSet = () => replay().at(-1)?.delta.models.set

describe('planReplay()', () => {
  it('returns what each day changed, at the time of its last commit that touched a row', () => {
    repository.commit('2025-07-01T08:00:00Z', lab({ 'providers/lab/models/one.toml': row('One') }))
    repository.commit('2025-07-01T20:00:00Z', { 'providers/lab/models/sub/two.toml': row('Two') })
    repository.commit('2025-07-01T23:00:00Z', { 'README.md': 'no row' })
    repository.commit('2025-07-03T08:00:00Z', {
      'providers/lab/models/one.toml': null,
      'providers/lab/models/sub/two.toml': row('Second'),
    })
    expect(replay()).toEqual([
      {
        at: '2025-07-01T20:00:00.000Z',
        source: 'models.dev',
        delta: {
          providers: { set: { lab: { id: 'lab', name: 'Lab', npm: '@ai-sdk/lab' } }, del: [] },
          models: {
            set: { 'lab/one': { id: 'one', name: 'One' }, 'lab/sub/two': { id: 'sub/two', name: 'Two' } },
            del: [],
          },
          links: { set: {}, del: [] },
        },
      },
      {
        at: '2025-07-03T08:00:00.000Z',
        source: 'models.dev',
        delta: {
          providers: { set: {}, del: [] },
          models: { set: { 'lab/sub/two': { id: 'sub/two', name: 'Second' } }, del: ['lab/one'] },
          links: { set: {}, del: [] },
        },
      },
    ])
  })

  it('leaves out days that change nothing, and the current day', () => {
    repository.commit('2025-07-01T08:00:00Z', lab({ 'providers/lab/models/one.toml': row('One') }))
    repository.commit('2025-07-02T08:00:00Z', { 'providers/lab/models/one.toml': `${row('One')}# a comment` })
    repository.commit('2026-08-01T08:00:00Z', { 'providers/lab/models/one.toml': row('Today') })
    expect(replay().map(({ at }) => at)).toEqual(['2025-07-01T08:00:00.000Z'])
  })

  it('continues from a day that was accepted before', () => {
    repository.commit('2025-07-01T08:00:00Z', lab({ 'providers/lab/models/one.toml': row('One') }))
    repository.commit('2025-07-02T08:00:00Z', { 'providers/lab/models/two.toml': row('Two') })
    const [day, ...others] = replay(({ date }) => date > '2025-07-01')
    expect(others).toEqual([])
    expect(Object.keys(day?.delta.models.set ?? {})).toEqual(['lab/two'])
  })

  it('follows symbolic links, and skips broken ones', () => {
    repository.commit('2025-07-01T08:00:00Z', {
      ...lab({ 'providers/lab/models/one.toml': row('One') }),
      'providers/host/provider.toml': 'name = "Host"',
      'providers/host/models/lab/one.toml': { link: '../../../lab/models/one.toml' },
      'providers/host/models/two.toml': { link: '../../lab/models/two.toml' },
    })
    expect(rowsSet()).toEqual({ 'lab/one': { id: 'one', name: 'One' }, 'host/lab/one': { id: 'lab/one', name: 'One' } })
  })

  it('keeps the case of ids, and reads an integer with underscores', () => {
    repository.commit(
      '2025-08-01T08:00:00Z',
      lab({ 'providers/lab/models/Org/One.toml': '[limit]\ncontext = 200_000' }),
    )
    expect(rowsSet()).toEqual({ 'lab/Org/One': { id: 'Org/One', limit: { context: 200_000 } } })
  })

  it('reads the cache prices of the first weeks under their later names, unless they are 0', () => {
    const cost = '[cost]\ninput = 1\ninputCached = 0.5\noutputCached = 0'
    repository.commit('2025-06-10T08:00:00Z', lab({ 'providers/lab/models/one.toml': cost }))
    expect(rowsSet()).toEqual({ 'lab/one': { id: 'one', cost: { input: 1, cache_read: 0.5 } } })
  })

  it('merges a row into the one that it extends, except facts that it omits', () => {
    const base = `${row('One')}reasoning = true\n[limit]\ncontext = 10\noutput = 5\n[cost]\ninput = 1`
    const own = '[extends]\nfrom = "lab/one"\nomit = ["cost.input", "limit.output", "not.there"]\n[limit]\ncontext = 8'
    repository.commit(
      '2026-05-20T08:00:00Z',
      lab({ 'providers/lab/models/one.toml': base, 'providers/lab/models/two.toml': own }),
    )
    expect(rowsSet()?.['lab/two']).toEqual({ id: 'two', name: 'One', reasoning: true, limit: { context: 8 } })
  })

  it('follows a change of the row that is extended', () => {
    const own = '[extends]\nfrom = "lab/one"'
    repository.commit(
      '2026-05-20T08:00:00Z',
      lab({ 'providers/lab/models/one.toml': row('One'), 'providers/lab/models/two.toml': own }),
    )
    repository.commit('2026-05-21T08:00:00Z', { 'providers/lab/models/one.toml': row('First') })
    expect(rowsSet()).toEqual({ 'lab/one': { id: 'one', name: 'First' }, 'lab/two': { id: 'two', name: 'First' } })
  })

  it('inherits reasoning options of a row until 2026-06-01', () => {
    const options = '[[reasoning_options]]\ntype = "effort"\nvalues = ["null", "low"]'
    const files = {
      'providers/lab/models/one.toml': row('One', options),
      'providers/lab/models/two.toml': '[extends]\nfrom = "lab/one"',
    }
    repository.commit('2026-06-01T08:00:00Z', lab(files))
    const inherited = [{ type: 'effort', values: [null, 'low'] }]
    expect(rowsSet()?.['lab/two']).toEqual({ id: 'two', name: 'One', reasoning_options: inherited })
    repository.commit('2026-06-02T08:00:00Z', { 'providers/lab/models/three.toml': row('Three') })
    expect(rowsSet()).toMatchObject({ 'lab/two': { id: 'two', name: 'One' } })
    expect(rowsSet()?.['lab/two']).not.toHaveProperty('reasoning_options')
  })

  it('merges a row into its base file, except facts about the weights alone, and links them', () => {
    const base = `${row('One')}license = "MIT"\n[limit]\ncontext = 10\n[[weights]]\nurl = "https://example.com"`
    const own = 'base_model = "lab/one"\nbase_model_omit = ["limit"]\nstatus = "beta"'
    repository.commit(
      '2026-06-10T08:00:00Z',
      lab({ 'models/lab/one.toml': base, 'providers/lab/models/one.toml': own }),
    )
    const [first] = replay()
    expect(first?.delta.models.set).toEqual({ 'lab/one': { id: 'one', name: 'One', status: 'beta' } })
    expect(first?.delta.links).toEqual({ set: { 'lab/one': { base_model: 'lab/one' } }, del: [] })
    repository.commit('2026-06-11T08:00:00Z', { 'providers/lab/models/one.toml': row('One') })
    expect(replay().at(-1)?.delta.links).toEqual({ set: {}, del: ['lab/one'] })
  })

  it('also writes a single tier above 200,000 as context_over_200k', () => {
    const tier = (size: number) => `[cost]\ninput = 1\n[[cost.tiers]]\ninput = 2\n[cost.tiers.tier]\nsize = ${size}`
    const files = { 'providers/lab/models/a.toml': tier(200_000), 'providers/lab/models/b.toml': tier(128_000) }
    repository.commit('2026-06-10T08:00:00Z', lab(files))
    const tiers = (size: number) => [{ input: 2, tier: { type: 'context', size } }]
    expect(rowsSet()).toEqual({
      'lab/a': { id: 'a', cost: { input: 1, tiers: tiers(200_000), context_over_200k: { input: 2 } } },
      'lab/b': { id: 'b', cost: { input: 1, tiers: tiers(128_000) } },
    })
  })

  it('leaves out a day that cannot be built and reports why; the next day has its changes', () => {
    const notes: string[] = []
    repository.commit('2026-06-10T08:00:00Z', lab({ 'providers/lab/models/one.toml': row('One') }))
    repository.commit('2026-06-11T08:00:00Z', {
      'providers/lab/models/two.toml': 'base_model = "lab/none"',
      'providers/lab/models/one.toml': row('First'),
    })
    repository.commit('2026-06-12T08:00:00Z', { 'providers/lab/models/two.toml': null })
    const days = replay(() => true, notes)
    expect(days.map(({ at }) => at.slice(0, 10))).toEqual(['2026-06-10', '2026-06-12'])
    expect(days[1]?.delta.models.set).toEqual({ 'lab/one': { id: 'one', name: 'First' } })
    expect(notes).toEqual(['Skipped 2026-06-11: Cannot build "lab/two": it is based on "lab/none", which is missing'])
  })

  it('leaves out a day whose files are not TOML', () => {
    const notes: string[] = []
    repository.commit('2026-06-10T08:00:00Z', lab({ 'providers/lab/models/one.toml': 'name = ' }))
    expect(replay(() => true, notes)).toEqual([])
    expect(notes).toEqual([expect.stringMatching(/^Skipped 2026-06-10: Cannot read the blob [0-9a-f]{40} as TOML: /)])
  })

  it('needs the deployed branch', () => {
    const other = new MadeUpRepository('main')
    other.commit('2026-06-10T08:00:00Z', lab())
    try {
      expect(() => planReplay(other.folder, { now: NOW, isWanted: () => true }, () => undefined)).toThrow(
        `Cannot read "${other.folder}": it has no branch "dev", so it is not models.dev`,
      )
    } finally {
      other.remove()
    }
  })
})
