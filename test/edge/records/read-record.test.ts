import { describe, expect, it } from 'vitest'
import { readRecord } from '../../../src/edge/records/read-record.ts'
import { tagView } from '../../../src/edge/tagged-view.ts'
import { textView, type View } from '../../../src/views/view.ts'
import { FakeTiers, versionOfName } from '../../support/edge/fake-tiers.ts'

const ROW = versionOfName('A', 1).pointer

/** The object's response to a request, and how often it is called. */
class FakeRecord {
  asked = 0
  text: string | undefined = '["ü"]'
  contentType = 'application/json'

  readonly fetch = async (): Promise<View | undefined> => {
    this.asked += 1
    return this.text === undefined ? undefined : textView(this.text, this.contentType)
  }
}

async function read(
  fakes: FakeTiers,
  record: FakeRecord,
  { row = ROW, key = '/v1/versions?{}', isPrivate = false } = {},
) {
  const body = await readRecord(fakes.tiers({ isPrivate }), row, key, record.fetch)
  await fakes.waitForDeferred()
  return body && new TextDecoder().decode(body.bytes)
}

describe('readRecord()', () => {
  it('asks the object once, and then uses its memory', async () => {
    const [fakes, record] = [new FakeTiers(), new FakeRecord()]
    for (let time = 0; time < 3; time++) expect(await read(fakes, record)).toBe('["ü"]')
    expect(record.asked).toBe(1)
    expect(fakes.cache.puts).toBe(1)
  })

  it('shares a record that one isolate has read with others in the data centre', async () => {
    const [fakes, record] = [new FakeTiers(), new FakeRecord()]
    await read(fakes, record)
    fakes.forget()
    expect(await read(fakes, record)).toBe('["ü"]')
    expect([record.asked, fakes.cache.puts]).toEqual([1, 1])
    fakes.cache.entries.clear()
    expect(await read(fakes, record)).toBe('["ü"]')
    expect(record.asked).toBe(1)
  })

  it.each(['application/xml', 'text/html; charset=utf-8'])('keeps the content type: %s', async (contentType) => {
    const [fakes, record] = [new FakeTiers(), new FakeRecord()]
    record.contentType = contentType
    const readType = async () => (await readRecord(fakes.tiers(), ROW, 'feed', record.fetch))?.contentType
    expect([await readType(), await readType()]).toEqual([contentType, contentType])
    await fakes.waitForDeferred()
    fakes.forget()
    expect(await readType()).toBe(contentType)
    expect(record.asked).toBe(1)
  })

  it('distinguishes records of other commits, versions and keys', async () => {
    const [fakes, record] = [new FakeTiers(), new FakeRecord()]
    const others = [
      { row: { ...ROW, seq: 2 } },
      { row: { ...ROW, seq: 11 } },
      { row: versionOfName('B', 1).pointer },
      { key: '/v1/versions?{"limit":1}' },
      { key: '/v1/diff?{}' },
      { key: '/v1/history?{"value":"a/b"}' },
      { key: '/v1/history?{"value":"a%2Fb"}' },
    ]
    await read(fakes, record)
    for (const [index, other] of others.entries()) {
      record.text = String(index)
      expect(await read(fakes, record, other)).toBe(String(index))
    }
    fakes.forget()
    for (const [index, other] of others.entries()) expect(await read(fakes, record, other)).toBe(String(index))
    expect(await read(fakes, record)).toBe('["ü"]')
    expect(record.asked).toBe(1 + others.length)
  })

  it('is not confused with the body of a version on the same path', async () => {
    const fakes = new FakeTiers()
    const record = new FakeRecord()
    const A = versionOfName('A', 1)
    fakes.cache.entries.set(`https://bodies.example/${A.pointer.version}/manifest`, new Response(A.text))
    fakes.memory.keepView(`${A.pointer.etag.slice(1, -1)} manifest`, tagView(textView(A.text, 'application/json')))
    expect(await read(fakes, record, { key: 'manifest' })).toBe('["ü"]')
  })

  it('does not cache that a record does not exist', async () => {
    const [fakes, record] = [new FakeTiers(), new FakeRecord()]
    record.text = undefined
    expect(await read(fakes, record)).toBeUndefined()
    expect(fakes.cache.puts).toBe(0)
    record.text = '[]'
    expect(await read(fakes, record)).toBe('[]')
  })

  it('works if the cache fails or never matches', async () => {
    const [fakes, record] = [new FakeTiers(), new FakeRecord()]
    fakes.cache.failing = true
    expect(await read(fakes, record)).toBe('["ü"]')
    fakes.forget()
    expect(await read(fakes, record)).toBe('["ü"]')
    expect(record.asked).toBe(2)
  })

  it('does not use the shared cache if bodies are private', async () => {
    const [fakes, record] = [new FakeTiers(), new FakeRecord()]
    await read(fakes, record)
    fakes.forget()
    fakes.cache.matches = 0
    expect(await read(fakes, record, { isPrivate: true })).toBe('["ü"]')
    expect([fakes.cache.matches, fakes.cache.puts, record.asked]).toEqual([0, 1, 2])
  })

  it('fails when the object fails, and asks again the next time', async () => {
    const fakes = new FakeTiers()
    const failing = () => Promise.reject(new Error('The object is overloaded'))
    await expect(readRecord(fakes.tiers(), ROW, 'key', failing)).rejects.toThrow('overloaded')
    expect(await read(fakes, new FakeRecord(), { key: 'key' })).toBe('["ü"]')
  })
})
