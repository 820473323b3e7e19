import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { DAYS, readBenchData } from '../../../scripts/measure/bench/bench-data.ts'
import { describeFirsts, describeRequests } from '../../../scripts/measure/bench/bench-report.ts'
import type { Contender } from '../../../scripts/measure/bench/contenders.ts'
import { loopFor } from '../../../scripts/measure/bench/http-loop.ts'
import { bench } from '../../../scripts/measure/bench.ts'
import { ratioOf } from '../../../scripts/measure/shared/measure.ts'
import { makeAlone } from '../../../scripts/shared/sources-alone.ts'
import { searchModels } from '../../../src/core/search/search.ts'
import { SOURCE_NAMES } from '../../../src/core/vocabulary.ts'
import { run } from '../../support/cli/run.ts'
import { recordedData, whySkipped } from '../../support/recorded-data.ts'

describe('ratioOf()', () => {
  it('is the median of the ratios within each round', () => {
    expect(ratioOf([10, 90, 20], [10, 30, 10])).toBe(2)
  })

  it('is not affected by a round that slowed down both sides', () => {
    expect(ratioOf([12, 600, 12], [10, 500, 10])).toBe(ratioOf([12, 12, 12], [10, 10, 10]))
  })
})

describe('bench', () => {
  it.each([[['--rounds', '0']], [['--rounds', 'many']], [['--rounds', '1.5']], [['all']], [['--seconds', '1']]])(
    'refuses %j',
    async (args) => {
      await expect(run(bench, args)).rejects.toThrow(/^Cannot /)
    },
  )
})

describe('readBenchData()', () => {
  it.each([
    ['made up', undefined],
    [`recorded${whySkipped}`, recordedData],
  ])(
    'has as many models as the catalogue of 2026-09-30, and models that the search finds: %s',
    async (_name, folder) => {
      const { pulls } = await readBenchData(folder)
      expect(pulls).toHaveLength(DAYS + 1)
      const pages = [pulls[0], pulls.at(-1)].flatMap((pull) => {
        if (!pull) return []
        const page = 'pages' in pull ? pull.pages : [pull.source === 'epoch' ? pull.body : JSON.parse(pull.body)]
        const source = SOURCE_NAMES.find((name) => name === pull.source)
        return source ? [{ source, pages: page }] : []
      })
      const made = makeAlone(pages)
      if (!made.ok) throw new Error(made.failure.detail)
      const { models } = made.value.catalogue
      expect(models.length).toBeGreaterThan(8000)
      expect(models.length).toBeLessThan(10_000)
      expect(searchModels(models, { capability: ['vision'], minIq: 3 }).total).toBeGreaterThan(50)
    },
  )
})

describe('describeRequests()', () => {
  const names: Contender[] = [
    'hello',
    'bytes',
    'provider bytes',
    'past bytes',
    'part bytes',
    'manifest',
    'not modified',
  ]
  const others: Contender[] = ['provider models', 'version', 'model', 'new search', 'past manifest', 'past part']
  const more: Contender[] = ['prices', 'cost', 'version floor', 'model floor', 'search floor', 'provider floor']
  const rounds = (micros: Partial<Record<Contender, number>>) => {
    const all = [...names, ...others, ...more].map((name) => [name, [micros[name] ?? 100]])
    return Object.fromEntries(all) as Record<Contender, number[]> // the names above are all of them
  }
  const lineOf = (table: string, name: string) => table.split('\n').find((line) => line.trim().startsWith(name))

  it('reports whether each target is met', () => {
    const table = describeRequests(rounds({ manifest: 115, 'not modified': 131 }))
    expect(lineOf(table, 'the whole manifest')).toMatch(/115 .* 100 +1\.15 +<= 1\.15 +reached *$/)
    expect(lineOf(table, '304')).toMatch(/131 .* 100 +1\.31 +<= 1\.30 +missed *$/)
  })

  it('shows what a bare Worker takes for the same, and lines without an aim', () => {
    const table = describeRequests(rounds({ version: 140, 'version floor': 125, prices: 180 }))
    expect(lineOf(table, 'version')).toMatch(/140 .* 100 +1\.40 +<= 1\.30 +missed +1\.25$/)
    expect(lineOf(table, "a model's prices")).toMatch(/180 .* 100 +1\.80 *$/)
  })
})

describe('describeFirsts()', () => {
  it('compares what KV and the cache cost with JSON.parse', () => {
    const cost = { micros: 20_000, tierMicros: 10_000, parseMicros: 50_000 }
    const table = describeFirsts({
      version: [cost],
      search: [cost],
      model: [{ ...cost, micros: 23_000 }],
      provider: [cost],
    })
    expect(table).toMatch(/first version +20\.0 +10\.0 +50\.0 +0\.20 *$/m)
    expect(table).toMatch(/first search +20\.0 +10\.0 +50\.0 +0\.20 .*reached/)
    expect(table).toMatch(/first model +23\.0 +10\.0 +50\.0 +0\.26 .*missed/)
  })
})

describe('loopFor()', () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    request.resume().on('end', () => response.writeHead(200, { 'content-length': 300_000 }).end('x'.repeat(300_000)))
  })
  afterEach(() => server.close())

  async function listen(): Promise<string> {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    return typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
  }

  it('counts and numbers the requests that got a response', async () => {
    asked.length = 0
    const count = await loopFor({ url: await listen(), path: (count) => `/${count}`, status: 200 }, 100, 5)
    expect(asked.toSorted()).toEqual(Array.from({ length: count }, (_, index) => `GET /${index + 5}`).toSorted())
    expect(count).toBeGreaterThan(8)
  })

  it('stops at a response with another status', async () => {
    const target = { url: await listen(), path: () => '/', body: () => 'text', status: 304 }
    await expect(loopFor(target, 1000)).rejects.toThrow(/it answered with 200, not 304/)
  })
})
