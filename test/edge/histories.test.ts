import { describe, expect, it } from 'vitest'
import { readRecord } from '../../src/edge/records/read-record.ts'
import { loadVersion, readView } from '../../src/edge/versions/read-version.ts'
import { jsonView } from '../../src/views/json-view.ts'
import { textView } from '../../src/views/view.ts'
import { FakeTiers, inAnotherHistory, type TestVersion, versionOfName } from '../support/edge/fake-tiers.ts'

const A = versionOfName('A', 2)
/**
 * The same content and seq in another history: after a restore of an older backup, or in another registry of the zone.
 */
const OTHER = inAnotherHistory(A)
/** The same content, first created at another time. */
const LATER = versionOfName('A', 2, '2026-11-01T02:00:00.000Z')

const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

async function readRecordOf(fakes: FakeTiers, { pointer }: TestVersion, text: string): Promise<string> {
  const view = await readRecord(fakes.tiers(), pointer, '/v1/versions?{}', async () => textView(text, 'text/plain'))
  await fakes.waitForDeferred()
  return textOf(view?.bytes)
}

describe('two histories with the same content and seq', () => {
  it.each(['in one isolate', 'in one data centre'])('never share a record %s', async (where) => {
    const fakes = new FakeTiers()
    expect(await readRecordOf(fakes, A, 'of A')).toBe('of A')
    if (where === 'in one data centre') fakes.forget()
    expect(await readRecordOf(fakes, OTHER, 'of another')).toBe('of another')
    if (where === 'in one data centre') fakes.forget()
    expect(await readRecordOf(fakes, A, 'asked again')).toBe('of A')
  })

  it.each([
    ['another chain', OTHER],
    ['another time', LATER],
  ])('never share a manifest: %s', async (_, other) => {
    const fakes = new FakeTiers()
    for (const made of [A, other, A]) {
      fakes.registry.commits.splice(0, 1, made)
      expect(textOf((await loadVersion(fakes.tiers(), made.pointer)).bytes)).toBe(made.text)
      await fakes.waitForDeferred()
    }
    fakes.forget()
    for (const made of [other, A])
      expect(textOf((await loadVersion(fakes.tiers(), made.pointer)).bytes)).toBe(made.text)
    expect(fakes.asked().registry).toEqual(['manifest', 'manifest'])
  })

  it('share bodies that depend only on content', async () => {
    const fakes = new FakeTiers()
    fakes.registry.commits.push(A)
    const render = () => jsonView('rendered')
    await readView(fakes.tiers(), A.pointer, 'models', render)
    await fakes.waitForDeferred()
    fakes.forget()
    fakes.asked()
    expect(textOf((await readView(fakes.tiers(), OTHER.pointer, 'models', render))?.bytes)).toBe('"rendered"')
    expect(fakes.asked().registry).toEqual([])
  })

  it('do not use the manifest in KV if it was created at another time', async () => {
    const fakes = new FakeTiers()
    fakes.kv.publish(LATER)
    fakes.registry.commits.push(A)
    expect(textOf((await loadVersion(fakes.tiers(), A.pointer)).bytes)).toBe(A.text)
  })
})
