import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyDelta,
  checkListed,
  Delta,
  type ListedRows,
  toListedRows,
  toShare,
} from '../../../src/sources/models-dev/delta.ts'
import { acme, acmeRow, type DeltaParts, delta, firstDelta } from '../../support/sources/models-dev-deltas.ts'

type Listed = Map<string, ListedRows>

/** The listing after a delta. */
function listedAfter(before: Listed, parts: DeltaParts): Listed {
  const changed = applyDelta(Delta.parse(delta(parts)), (provider) => before.get(provider))
  if (typeof changed === 'string') throw new Error(changed)
  const next = new Map(before)
  for (const [provider, listed] of changed) {
    if (listed) next.set(provider, listed)
    else next.delete(provider)
  }
  return next
}

const first = (): Listed => listedAfter(new Map(), firstDelta())
const rowsOf = (listed: Listed, provider = 'acme') => Object.fromEntries(listed.get(provider)?.rows ?? [])

describe('applyDelta()', () => {
  it('lists new providers with their rows', () => {
    const listed = first().get('acme')
    expect(listed && toShare(listed)).toEqual({ ...acme, models: { one: acmeRow('one') } })
  })

  it('splits a key at its first slash', () => {
    const next = listedAfter(first(), { models: { set: { 'acme/lab/two': acmeRow('lab/two') } } })
    expect(Object.keys(rowsOf(next))).toEqual(['one', 'lab/two'])
  })

  it('keeps the rows of a provider whose facts change', () => {
    const next = listedAfter(first(), { providers: { set: { acme: { ...acme, name: 'Other' } } } })
    expect(next.get('acme')?.facts).toMatchObject({ name: 'Other' })
    expect(rowsOf(next)).toEqual({ one: acmeRow('one') })
  })

  it('drops a provider with its rows, which do not return with it', () => {
    const gone = listedAfter(first(), { providers: { del: ['acme'] }, models: { del: ['acme/one'] } })
    expect(gone.has('acme')).toBe(false)
    expect(rowsOf(listedAfter(gone, { providers: { set: { acme } } }))).toEqual({})
  })

  it('drops rows, and ignores rows that never existed', () => {
    expect(rowsOf(listedAfter(first(), { models: { del: ['acme/one', 'acme/two', 'other/one'] } }))).toEqual({})
  })

  it('does not modify the previous listing', () => {
    const before = first()
    listedAfter(before, { models: { del: ['acme/one'] } })
    expect(rowsOf(before)).toEqual({ one: acmeRow('one') })
  })

  it('changes only the providers that it names', () => {
    const before = listedAfter(first(), { providers: { set: { other: { id: 'other', name: 'Other' } } } })
    const changed = applyDelta(Delta.parse(delta({ models: { del: ['acme/one'] } })), (name) => before.get(name))
    expect([...(changed as Listed).keys()]).toEqual(['acme'])
  })

  it.each(['other/one', 'acme/', '/one', 'acme'])('reports "%s", which is not a row of a listed provider', (key) => {
    const changed = applyDelta(Delta.parse(delta({ models: { set: { [key]: acmeRow('one') } } })), (name) =>
      first().get(name),
    )
    expect(changed).toBe(`models.set: "${key}" is not a row of a listed provider`)
  })

  it('keeps the base file of a row until the link changes, even if the row changes', () => {
    const linked = listedAfter(first(), { links: { set: { 'acme/one': { base_model: 'lab/one' } } } })
    const changed = listedAfter(linked, { models: { set: { 'acme/one': acmeRow('one', { name: 'One' }) } } })
    expect(rowsOf(changed)).toEqual({ one: { ...acmeRow('one', { name: 'One' }), base_model: 'lab/one' } })
    expect(rowsOf(listedAfter(changed, { links: { del: ['acme/one'] } }))).toEqual({
      one: acmeRow('one', { name: 'One' }),
    })
  })

  it('ignores links to other rows, which do not state which model it is', () => {
    const linked = listedAfter(first(), {
      links: { set: { 'acme/one': { symlink: 'other/one' }, 'acme/two': { base_model: 'a/b' } } },
    })
    expect(rowsOf(linked)).toEqual({ one: acmeRow('one') })
  })

  it('returns exactly what a delta lists, if nothing was listed before', () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z./]{1,5}$/), { maxLength: 5 })
    fc.assert(
      fc.property(ids, (names) => {
        const set = Object.fromEntries(names.map((name) => [`acme/${name}`, acmeRow(name)]))
        const next = listedAfter(new Map(), { providers: { set: { acme } }, models: { set } })
        expect(rowsOf(next)).toEqual(Object.fromEntries(names.map((name) => [name, acmeRow(name)])))
      }),
    )
  })
})

describe('toListedRows()', () => {
  it('reads a share as it was written', () => {
    const listed = first().get('acme')
    expect(listed && toListedRows(JSON.parse(JSON.stringify(toShare(listed))))).toEqual(listed)
  })
})

describe('checkListed()', () => {
  it.each([
    ['acme', {}, undefined],
    ['a/b', {}, 'has a slash in its id'],
    ['acme', { id: 'other' }, 'is listed under another id'],
    [' acme', {}, 'has spaces around its id'],
  ])('of "%s" with %o is %s', (provider, facts, problem) => {
    expect(checkListed(provider, { facts, rows: new Map() })).toBe(problem)
  })
})
