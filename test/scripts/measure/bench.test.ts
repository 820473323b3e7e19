import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { benchPulls, CHANGES, MODELS } from '../../../scripts/measure/bench/bench-pulls.ts'
import { describeCommits, describeRequests } from '../../../scripts/measure/bench/bench-report.ts'
import type { Contender } from '../../../scripts/measure/bench/contenders.ts'
import { loopFor } from '../../../scripts/measure/bench/http-loop.ts'
import { bench } from '../../../scripts/measure/bench.ts'
import { ratioOf } from '../../../scripts/measure/shared/measure.ts'
import { makeAlone } from '../../../scripts/shared/sources-alone.ts'
import { diffCatalogues } from '../../../src/core/diff/diff.ts'
import { searchModels } from '../../../src/core/search/search.ts'
import { run } from '../../support/cli/run.ts'

describe('ratioOf()', () => {
  it('is the median of the ratios within each round', () => {
    expect(ratioOf([10, 90, 20], [10, 30, 10])).toBe(2)
  })

  it('is not moved by a round that slowed down both sides', () => {
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

describe('benchPulls()', () => {
  const catalogues = Array.from(benchPulls(3), ({ pages }) => {
    const made = makeAlone([{ source: 'artificial-analysis', pages }])
    if (!made.ok) throw new Error(made.failure.detail)
    return made.value.catalogue
  })

  it('is as large as the table says, and changes as many models a day', () => {
    for (const [index, day] of catalogues.entries()) {
      expect(day.models).toHaveLength(MODELS)
      const before = catalogues[index - 1]
      if (!before) continue
      const { added, removed, changed } = diffCatalogues(before, day).summary
      expect(added + removed + changed).toBe(CHANGES)
    }
  })

  it('has models for the search that is measured, and not only such', () => {
    const models = catalogues[0]?.models ?? []
    const { total } = searchModels(models, { capability: ['vision'], minIq: 3 })
    expect(total).toBeGreaterThan(MODELS / 50)
    expect(total).toBeLessThan(MODELS / 2)
  })
})

describe('describeRequests()', () => {
  const rounds = (micros: Partial<Record<Contender, number>>) => {
    const names: Contender[] = ['hello', 'bytes', 'object', 'plain', 'manifest', 'not modified']
    const others: Contender[] = ['version', 'search', 'new search', 'model', 'past version']
    const all = [...names, ...others].map((name) => [name, [micros[name] ?? 100]])
    return Object.fromEntries(all) as Record<Contender, number[]> // the names above are all of them
  }
  const lineOf = (table: string, name: string) => table.split('\n').find((line) => line.trim().startsWith(name))

  it('says of each aim whether it is reached', () => {
    const table = describeRequests(rounds({ manifest: 125, 'not modified': 151 }))
    expect(lineOf(table, 'GET /v1/manifest')).toMatch(/125 .* 100 +1\.25 +<= 1\.25 +reached$/)
    expect(lineOf(table, 'the same, 304')).toMatch(/151 .* 100 +1\.51 +<= 1\.50 +missed$/)
  })

  it('tells the plain way without an aim', () => {
    const table = describeRequests(rounds({ plain: 1000, search: 100 }))
    expect(lineOf(table, 'the plain way')).toMatch(/1000 .* 100 +10\.00$/)
  })
})

describe('describeCommits()', () => {
  it('judges by CPU time', () => {
    const sent = (cpuMicros: number) => [{ version: '', milliseconds: 300, cpuMicros }]
    expect(describeCommits(sent(100_000))).toMatch(/100\.0 +300\.0 .*reached$/)
    expect(describeCommits(sent(101_000))).toMatch(/101\.0 +300\.0 .*missed$/)
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

  it('counts the requests that were answered, and numbers them', async () => {
    asked.length = 0
    const count = await loopFor({ url: await listen(), path: (count) => `/${count}`, status: 200 }, 100, 5)
    expect(asked.toSorted()).toEqual(Array.from({ length: count }, (_, index) => `GET /${index + 5}`).toSorted())
    expect(count).toBeGreaterThan(8)
  })

  it('stops at an answer with another status', async () => {
    const target = { url: await listen(), path: () => '/', body: () => 'text', status: 304 }
    await expect(loopFor(target, 1000)).rejects.toThrow(/it answered with 200, not 304/)
  })
})
