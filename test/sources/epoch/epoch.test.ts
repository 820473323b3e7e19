import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Fetch } from '../../../src/sources/bounded-fetch.ts'
import { EPOCH } from '../../../src/sources/epoch/epoch.ts'
import { recordedData, recordedFile, whySkipped } from '../../support/recorded-data.ts'
import { eciCsv } from '../../support/sources/boards.ts'

const URL_ = 'https://epoch.example/eci_scores.csv'
const CSV = eciCsv([
  { name: 'GPT-9', eci: 161.65 },
  { name: 'Qwen, "Max"', eci: 120.4, organization: 'Alibaba,Other' },
])
const answer =
  (body: string | null, init?: ResponseInit): Fetch =>
  async () =>
    new Response(body, init)
const read = (csv: string) => EPOCH.read(csv, {})

describe('pull() of Epoch', () => {
  it('returns the file as one page, with its ETag', async () => {
    const fetched = await EPOCH.pull({ url: URL_ }, {}, answer(CSV, { headers: { etag: '"x"' } }))
    expect(fetched).toEqual({ ok: true, value: { pages: [CSV], etag: '"x"' } })
  })

  it('returns "unchanged" if the ETag still matches', async () => {
    const asked: (string | null)[] = []
    const fetched = await EPOCH.pull({ url: URL_ }, { etag: '"x"' }, async (_, { headers }) => {
      asked.push(new Headers(headers).get('if-none-match'))
      return new Response(null, { status: 304 })
    })
    expect([fetched, asked]).toEqual([{ ok: true, value: 'unchanged' }, ['"x"']])
  })

  it.each([
    ['unavailable', answer('', { status: 503 }), /the service failed \(503\)/],
    ['refused', answer('', { status: 404 }), /check EPOCH_URL/],
    ['too-large', answer('x'.repeat(2_000_001)), /exceeds 2 MB/],
    ['invalid', answer('<!doctype html>'), /looks like HTML/],
    ['invalid', answer(CSV.slice(0, CSV.length / 2)), /its last line is cut off/],
    ['invalid', answer('Model,eci,date,Organization\nGPT-9,150\n'), /the header has 4 columns/],
    ['invalid', answer(CSV.replace('eci', 'score')), /the column "eci" is missing/],
    ['invalid', answer('Model,eci,date,Organization\n'), /no records/],
  ] as const)('fails with a reason: %s', async (reason, fetch, detail) => {
    const fetched = await EPOCH.pull({ url: URL_ }, {}, fetch)
    expect(fetched).toMatchObject({ ok: false, failure: { reason, detail: expect.stringMatching(detail) } })
  })
})

describe('read() of Epoch', () => {
  it('keeps the integer index, the organisation and the release date', () => {
    const openai = { source: 'epoch', name: 'GPT-9', organization: 'OpenAI', releaseDate: '2026-01-15' }
    expect(read(CSV)).toMatchObject({
      scores: [
        { ...openai, metrics: { epochCapabilitiesIndex: 162 } },
        { name: 'Qwen, "Max"', metrics: { epochCapabilitiesIndex: 120 } },
      ],
      ...{ providers: [], models: [], unread: [], rejected: [] },
    })
  })

  it('finds columns by their names, wherever they are', () => {
    const moved = eciCsv([{ name: 'GPT-9', eci: 150 }], ['new', 'Organization', 'eci', 'Model', 'date'])
    expect(read(moved).scores).toMatchObject([{ name: 'GPT-9', metrics: { epochCapabilitiesIndex: 150 } }])
  })

  it('counts values that it cannot read', () => {
    const { scores, unread } = read(
      eciCsv([
        { name: 'a', eci: 150, date: 'soon', organization: '' },
        { name: 'b', eci: 'n/a' },
        { name: 'c', eci: 1e9 },
      ]),
    )
    expect(scores).toEqual([{ source: 'epoch', name: 'a', metrics: { epochCapabilitiesIndex: 150 } }])
    expect(unread).toEqual([
      { field: 'date', count: 1, example: 'a: "soon"' },
      { field: 'eci', count: 2, example: 'b: "n/a"' },
    ])
  })

  it.each([
    [
      'a model twice',
      eciCsv([
        { name: 'a', eci: 1 },
        { name: 'a', eci: 2 },
      ]),
      /"a" is listed twice/,
    ],
    ['a model without a name', eciCsv([{ name: ' ', eci: 1 }]), /record 2 has no usable name/],
    ['no score at all', eciCsv([{ name: 'a', eci: '' }]), /no usable score/],
  ])('refuses a file with %s', (_, csv, detail) => {
    expect(EPOCH.split([csv])).toMatchObject({ ok: false, failure: { detail: expect.stringMatching(detail) } })
  })
})

describe('isRescaled() of Epoch', () => {
  const of = (...scores: number[]) => eciCsv(scores.map((eci, index) => ({ name: `m${index}`, eci })))

  it.each([
    ['nothing moved', of(1, 2, 3), of(1, 2, 3), false],
    ['a model is new', of(1, 2, 3), of(1, 2, 3, 4, 5, 6, 7), false],
    ['one of three moved', of(1, 2, 3), of(1, 2, 4), false],
    ['half moved', of(1, 2, 3, 4), of(1, 2, 5, 6), false],
    ['nearly all decimals moved', of(1, 2, 3), of(1.02, 2.1, 3), true],
  ])('where %s', (_, previous, next, isRescaled) => {
    expect(EPOCH.isRescaled?.(previous, next)).toBe(isRescaled)
  })
})

describe(`the recorded file of Epoch${whySkipped}`, () => {
  it.skipIf(!recordedData)('has 222 scores, all of them read', () => {
    const csv = readFileSync(recordedFile('scores', 'epoch', 'eci_scores.2026-08-11.csv'), 'utf8')
    expect(EPOCH.split([csv])).toMatchObject({ ok: true })
    const { scores = [], unread } = read(csv)
    expect([scores.length, unread]).toEqual([222, []])
    expect(scores.find(({ name }) => name === 'GPT-5')?.metrics).toEqual({ epochCapabilitiesIndex: 150 })
  })
})
