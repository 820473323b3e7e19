import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ARENA } from '../../../src/sources/arena/arena.ts'
import type { Fetch } from '../../../src/sources/bounded-fetch.ts'
import { recordedData, recordedFile, whySkipped } from '../../support/recorded-data.ts'
import { ARENA_CARD, type ArenaRow, arenaPage } from '../../support/sources/boards.ts'

const SETTINGS = { url: 'https://rows.example', cardUrl: 'https://card.example/api' }
const ROWS: ArenaRow[] = Array.from({ length: 250 }, (_, index) => ({ name: `m${index}`, rating: 1000 + index }))

/** The dataset server, with a valid card. A test replaces the parts that it is about. */
function serve(rows: readonly ArenaRow[], more: { card?: unknown; page?: (url: URL) => Response | undefined } = {}) {
  const asked: URL[] = []
  const fetch: Fetch = async (address) => {
    const url = new URL(address)
    asked.push(url)
    if (address === SETTINGS.cardUrl) return Response.json(more.card ?? ARENA_CARD)
    const offset = Number(url.searchParams.get('offset'))
    return more.page?.(url) ?? Response.json(arenaPage(rows, offset))
  }
  return { asked, fetch }
}

describe('pull() of Arena', () => {
  it('asks for the licence, then for each page of the overall category', async () => {
    const { asked, fetch } = serve(ROWS)
    const fetched = await ARENA.pull(SETTINGS, {}, fetch)
    expect(fetched).toMatchObject({ ok: true, value: { pages: [{}, {}, {}] } })
    expect(asked.map((url) => [url.pathname, url.searchParams.get('offset')])).toEqual([
      ['/api', null],
      ['/filter', '0'],
      ['/filter', '100'],
      ['/filter', '200'],
    ])
    expect(asked[1]?.searchParams.get('where')).toBe(`"category"='overall'`)
    expect(asked[1]?.searchParams.get('config')).toBe('text')
  })

  it('reads all rows if the service does not filter', async () => {
    const { asked, fetch } = serve(ROWS, {
      page: ({ pathname }) => (pathname === '/filter' ? new Response('', { status: 422 }) : undefined),
    })
    expect(await ARENA.pull(SETTINGS, {}, fetch)).toMatchObject({ ok: true })
    expect(asked.map(({ pathname }) => pathname)).toEqual(['/api', '/filter', '/rows', '/rows', '/rows'])
  })

  it.each([
    ['no licence', {}, /states none as licence, not "cc-by-4.0"/],
    ['another licence', { license: 'cc-by-nc-4.0' }, /states "cc-by-nc-4.0" as licence/],
    ['several licences', { license: ['cc-by-4.0'] }, /states none/],
  ])('reads nothing while the card states %s', async (_, cardData, detail) => {
    const { asked, fetch } = serve(ROWS, { card: { cardData } })
    const fetched = await ARENA.pull(SETTINGS, {}, fetch)
    expect(fetched).toMatchObject({ ok: false, failure: { reason: 'licence', detail: expect.stringMatching(detail) } })
    expect(asked).toHaveLength(1)
  })

  it.each([
    [429, 'rate-limited'],
    [504, 'unavailable'],
  ])('fails completely at a %i on page 3, and then sends no more requests', async (status, reason) => {
    const { asked, fetch } = serve(ROWS, {
      page: (url) => (url.searchParams.get('offset') === '200' ? new Response('', { status }) : undefined),
    })
    const fetched = await ARENA.pull(SETTINGS, {}, fetch)
    expect(fetched).toMatchObject({ ok: false, failure: { reason, detail: expect.stringMatching(/page 3: /) } })
    expect(asked).toHaveLength(4)
  })

  it.each([
    [
      'invalid',
      'is not JSON',
      () => new Response('<!doctype html>'),
      /page 1: the reply is not JSON, it looks like HTML/,
    ],
    ['invalid', 'has no rows', () => Response.json({ num_rows_total: 1 }), /page 1 has no list of rows/],
    ['invalid', 'is a part', () => Response.json({ ...arenaPage(ROWS), partial: true }), /part of the dataset/],
    ['inconsistent', 'is empty', () => Response.json({ rows: [], num_rows_total: 9 }), /page 1 is empty/],
    ['too-large', 'is huge', () => new Response('x'.repeat(11_000_000)), /the pages exceed 10 MB/],
    ['too-large', 'never ends', () => Response.json({ ...arenaPage(ROWS), num_rows_total: 1e9 }), /more than 30 pages/],
  ] as const)('fails as %s where a page %s', async (reason, _, page, detail) => {
    const fetched = await ARENA.pull(SETTINGS, {}, serve(ROWS, { page }).fetch)
    expect(fetched).toMatchObject({ ok: false, failure: { reason, detail: expect.stringMatching(detail) } })
  })

  it('names the limit for all pages, not the rest of it for one page', async () => {
    const { fetch } = serve(ROWS, {
      page: (url) => {
        const offset = Number(url.searchParams.get('offset'))
        return new Response(`${JSON.stringify(arenaPage(ROWS, offset))}${' '.repeat(4_500_000)}`)
      },
    })
    const fetched = await ARENA.pull(SETTINGS, {}, fetch)
    expect(fetched).toMatchObject({ ok: false, failure: { detail: 'Cannot read Arena: the pages exceed 10 MB' } })
  })

  it('fails if the board changes between two pages', async () => {
    const { fetch } = serve(ROWS, {
      page: (url) => {
        const offset = Number(url.searchParams.get('offset'))
        return Response.json(arenaPage(offset === 0 ? ROWS : ROWS.slice(1), offset))
      },
    })
    expect(await ARENA.pull(SETTINGS, {}, fetch)).toMatchObject({ ok: false, failure: { reason: 'inconsistent' } })
  })
})

describe('read() of Arena', () => {
  const read = (rows: readonly ArenaRow[]) => ARENA.read([arenaPage(rows, 0, rows.length)], {})

  it('rounds to 5 points, and credits the board with its date', () => {
    const { scores, attribution } = read([
      { name: 'a', rating: 1507.6 },
      { name: 'b', rating: 1502.4 },
    ])
    expect(scores?.map(({ metrics }) => metrics.arenaText)).toEqual([1510, 1500])
    expect(attribution).toEqual([
      {
        ...{ name: 'Arena (LMArena) leaderboard dataset', license: { name: 'CC BY 4.0', url: expect.any(String) } },
        url: 'https://huggingface.co/datasets/lmarena-ai/leaderboard-dataset',
        note: 'Board of 2026-08-12. Changed: ratings rounded to 5 points',
      },
    ])
  })

  it('keeps the row with the most votes for each name, in any order, and only the overall category', () => {
    const rows = [
      { name: 'a', rating: 1200, votes: 10 },
      { name: 'a', rating: 1300, votes: 90 },
      { name: 'a', rating: 1400, votes: 90, category: 'coding' },
    ]
    for (const order of [rows, rows.toReversed()])
      expect(read(order).scores).toEqual([{ source: 'arena', name: 'a', metrics: { arenaText: 1300 } }])
  })

  it('counts ratings that it cannot read', () => {
    const { scores, unread } = read([
      { name: 'a', rating: '1200' },
      { name: 'b', rating: 1200 },
    ])
    expect(scores).toHaveLength(1)
    expect(unread).toEqual([{ field: 'rating', count: 1, example: 'a: "1200"' }])
  })
})

describe(`the recorded board of Arena${whySkipped}`, () => {
  it.skipIf(!recordedData)('has 389 ratings, all of them read', () => {
    const page = JSON.parse(readFileSync(recordedFile('scores', 'arena', 'rows-text-overall-2026-08-12.json'), 'utf8'))
    expect(ARENA.split([page])).toMatchObject({ ok: true })
    const { scores, unread } = ARENA.read([page], {})
    expect([scores?.length, unread]).toEqual([389, []])
  })
})
