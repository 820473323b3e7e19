import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { weighPage } from '../../../scripts/measure/pages/page-bytes.ts'
import { describeBytes, describeCosts, describeTimes } from '../../../scripts/measure/pages/pages-report.ts'
import { measurePages } from '../../../scripts/measure/pages.ts'
import { run } from '../../support/cli/run.ts'

describe('measure pages', () => {
  it.each([[['--rounds', '0']], [['--rounds', 'many']], [['all']], [['--seconds', '1']]])(
    'refuses %j',
    async (args) => {
      await expect(run(measurePages, args)).rejects.toThrow(/^Cannot /)
    },
  )
})

const lineOf = (table: string, name: string) => table.split('\n').find((line) => line.trim().startsWith(name))

describe('describeTimes()', () => {
  it('reports medians, and of each aim whether it is reached', () => {
    const bare = { bareInteractiveMs: 150, barePaintMs: 160 }
    const time = { ...bare, interactiveMs: 200, paintMs: 310, readyMs: 500, filterMs: 60, searchMs: 61, sortMs: 20 }
    const table = describeTimes([time, { ...time, sortMs: 90 }, { ...time, sortMs: 80 }])
    expect(lineOf(table, 'first byte to domInteractive')).toMatch(/200 +<= 300 +reached$/)
    expect(lineOf(table, 'first byte to first contentful paint')).toMatch(/310 +<= 300 +missed$/)
    expect(lineOf(table, 'a filter')).toMatch(/60 +<= 60 +reached$/)
    expect(lineOf(table, 'a sort')).toMatch(/80 +<= 60 +missed$/)
  })
})

describe('describeCosts()', () => {
  it('compares a kept page and one rendered with their aims', () => {
    const table = describeCosts({ 'the list': { warmMicros: 250, renderedMicros: 5100, firstMicros: 40_000 } })
    expect(lineOf(table, 'the list, kept')).toMatch(/0\.25 +<= 0\.3 +reached$/)
    expect(lineOf(table, 'the list, rendered')).toMatch(/5\.10 +<= 5 +missed$/)
    expect(lineOf(table, 'the list, first request')).toMatch(/40\.00$/)
  })
})

describe('weighPage()', () => {
  const files: Record<string, string> = {
    '/page': '<link rel="stylesheet" href="/style.css"/><script type="module" src="/script.js"></script>',
    '/style.css': 'a{color:red}'.repeat(1000),
    '/script.js': 'let a=1',
    '/plain': 'text',
  }
  const server = createServer(({ url = '' }, response) => response.end(files[url]))
  let url = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
  })
  afterAll(() => server.close())

  it('adds up a page, its style and its script as they are sent', async () => {
    const bytes = await weighPage(url, '/page')
    expect(bytes.style).toBeLessThan(100)
    expect(bytes.script).toBeGreaterThan(0)
    const all = (bytes.document + bytes.style + bytes.script) / 1000
    expect(lineOf(describeBytes('/page', bytes), 'in all')).toContain(`${all.toFixed(1)}  <= 60  reached`)
  })

  it('refuses a page without style or script', async () => {
    await expect(weighPage(url, '/plain')).rejects.toThrow('Cannot weigh /plain: it has no style or script')
  })
})
