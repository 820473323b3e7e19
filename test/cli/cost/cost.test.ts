import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cost } from '../../../src/cli/commands/cost.ts'
import { type FakePriceRegistry, startPriceRegistry, VERSION } from '../../support/cli/cost/fake-price-registry.ts'
import { period } from '../../support/cli/cost/priced-rows.ts'
import { ANTHROPIC_CSV, openAiPage, sessionLine, toLines } from '../../support/cli/cost/usage-files.ts'
import { run } from '../../support/cli/run.ts'
import { model } from '../../support/rows.ts'

const LAB = { firstParty: true, pricing: { input: 1, output: 2, cacheRead: 0.1, cacheWrite: 1.25 } } as const
const MODELS = [
  model({ value: 'acme-one', lab: 'acme', ...LAB }),
  model({ value: 'acme-one', provider: 'host', pricing: { input: 7, output: 7 } }),
  model({ value: 'acme-two', lab: 'acme', ...LAB, pricing: { input: 10, output: 20 } }),
  model({ value: 'hosted', provider: 'host', pricing: { input: 7, output: 7 } }),
  model({
    value: 'acme-one',
    provider: 'anthropic',
    pricing: { input: 1, output: 2, cacheRead: 0.1, cacheWrite: 1.25, cacheWrite1h: 2 },
  }),
]
const PERIODS = {
  'acme/acme-one': [
    period('2026-08-01', '2026-09-01', { input: 1, output: 2 }),
    period('2026-09-01', undefined, { input: 3, output: 6 }),
  ],
}
const USAGE = { prompt_tokens: 1_000_000, completion_tokens: 100_000 }

let folder = ''
let registry: FakePriceRegistry

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cost-'))
  registry = await startPriceRegistry(MODELS, PERIODS)
})
afterEach(() => {
  registry.close()
  rmSync(folder, { recursive: true })
})

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const costFile = (...args: string[]) => run(cost, [...args, '--url', registry.url])

/** Rows of acme-one in August and September, and one of acme-two. */
const rows = (): string =>
  write(
    'usage.ndjson',
    toLines(
      { model: 'acme-one', at: '2026-08-31T23:59:59Z', team: 'a', usage: USAGE },
      { model: 'acme-one', at: '2026-09-01T00:00:00Z', team: 'b', usage: USAGE },
      { model: 'acme-two', at: '2026-09-01T10:00:00Z', team: 'a', usage: USAGE },
    ),
  )

describe('cost', () => {
  it('prices each row at the price of its time, and sums by model', async () => {
    const { code, output } = await costFile(rows())
    expect(code).toBe(0)
    expect(output).toBe(
      [
        `Costs at the prices of ${registry.url}`,
        '  model          rows        USD',
        '  acme/acme-one     2   4.800000',
        '  acme/acme-two     1  12.000000',
        '  total             3  16.800000',
        '',
      ].join('\n'),
    )
  })

  it('requests each model and its prices once', async () => {
    await costFile(rows())
    expect(registry.asked).toEqual([
      '/v1/models/search?model=acme-one',
      '/v1/models/acme/acme-one/prices',
      '/v1/models/search?model=acme-two',
      '/v1/models/acme/acme-two/prices',
    ])
  })

  it('sums by day, provider, and columns of the file', async () => {
    const { output } = await costFile(rows(), '--by', 'month,team,provider', '--format', 'csv')
    expect(output).toBe(
      [
        'record,month,team,provider,unpriced_model,rows,usd,reason',
        'sum,2026-08,a,acme,,1,1.2,',
        'sum,2026-09,a,acme,,1,12,',
        'sum,2026-09,b,acme,,1,3.6,',
        'total,,,,,3,16.8,',
        '',
      ].join('\n'),
    )
  })

  it('lists usage without a price separately, with the reason and the first records', async () => {
    const file = write(
      'usage.ndjson',
      `${toLines(
        { model: 'acme-one', at: '2026-09-01T00:00:00Z', usage: USAGE },
        { model: 'nowheres', at: '2026-09-01T00:00:00Z', usage: USAGE },
        { model: 'hosted', at: '2026-09-01T00:00:00Z', usage: USAGE },
        { model: 'acme-one', at: '2026-07-01T00:00:00Z', usage: USAGE },
        {
          model: 'acme-one',
          at: '2026-09-01T00:00:00Z',
          usage: { ...USAGE, prompt_tokens_details: { cached_tokens: 5 } },
        },
        {
          model: 'acme-one',
          at: '2026-09-01T00:00:00Z',
          usage: { ...USAGE, prompt_tokens_details: { cached_tokens: 6 } },
        },
        { model: 'acme-one', at: 'yesterday', usage: USAGE },
      )}torn`,
    )
    const { code, output } = await costFile(file, '--format', 'ndjson')
    expect(code).toBe(3)
    const lines = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.filter(({ record }) => record === 'unpriced')).toEqual([
      expect.objectContaining({
        model: 'acme-one',
        rows: 2,
        code: 'unknown-price',
        records: [
          { file, record: 5 },
          { file, record: 6 },
        ],
      }),
      expect.objectContaining({ model: 'nowheres', rows: 1, code: 'not-found', records: [{ file, record: 2 }] }),
      expect.objectContaining({ model: 'hosted', code: 'not-found', detail: expect.stringContaining('such as host') }),
      expect.objectContaining({
        model: 'acme-one',
        code: 'unknown-price',
        detail: expect.stringContaining('known from'),
      }),
      expect.objectContaining({ model: 'acme-one', code: 'no-time', records: [{ file, record: 7 }] }),
      expect.objectContaining({ code: 'unreadable-record', records: [{ file, record: 8 }] }),
    ])
    expect(lines.at(-1)).toEqual({ record: 'total', rows: 1, usd: 3.6, pricesOf: registry.url })
    expect((await costFile(file)).output).toContain('Rows without a price, not included in the sums')
  })

  it('resolves an id as the registry does: at the provider in the id, and preferring a removed model to another one', async () => {
    registry.close()
    registry = await startPriceRegistry(
      [...MODELS, model({ value: 'acme/acme-two', provider: 'host' }), model({ value: 'retired', provider: 'host' })],
      {
        'acme/acme-two-20200101': [period('2020-01-01', undefined, { input: 5, output: 0 })],
        'acme/retired': [period('2020-01-01', undefined, { input: 6, output: 0 })],
      },
      [model({ value: 'retired', lab: 'acme', ...LAB })],
    )
    const ids = ['acme/acme-two', 'acme-two-latest', 'acme/acme-two-20200101', 'acme-two-20200101', 'retired']
    const used = ids.map((id, index) => ({
      model: id,
      at: '2020-02-01T00:00:00Z',
      n: index,
      usage: { ...USAGE, completion_tokens: 0 },
    }))
    const { output } = await costFile(write('usage.ndjson', toLines(...used)), '--by', 'n,model', '--format', 'csv')
    expect(output.split('\n').slice(1, 6)).toEqual([
      'sum,0,acme/acme-two,,1,10,',
      'sum,1,acme/acme-two,,1,10,',
      'sum,2,acme/acme-two-20200101,,1,5,',
      'sum,3,acme/acme-two-20200101,,1,5,',
      'sum,4,acme/retired,,1,6,',
    ])
  })

  it('looks up a model again at the time of a later row, if it did not exist at the time of the first', async () => {
    registry.close()
    registry = await startPriceRegistry(
      MODELS,
      { 'acme/retired': [period('2020-01-01', undefined, { input: 6, output: 0 })] },
      [model({ value: 'retired', lab: 'acme', ...LAB })],
    )
    const used = ['2019-06-11', '2019-06-12', '2020-02-01', '2020-05-01'].map((day) => ({
      ...{ model: 'retired', at: `${day}T00:00:00Z` },
      usage: { prompt_tokens: 1_000_000, completion_tokens: 0 },
    }))
    const { output } = await costFile(write('usage.ndjson', toLines(...used)), '--format', 'csv')
    expect(output.split('\n').slice(1, 4)).toEqual([
      'sum,acme/retired,,2,12,',
      'total,,,2,12,',
      'unpriced,,retired,2,,"no lab offers a model ""retired"""',
    ])
    expect(registry.asked.filter((path) => path !== '/v1/cost')).toHaveLength(5)
  })

  it('compares with another model if both costs are known', async () => {
    const { code, output } = await costFile(rows(), '--what-if', 'acme-two', '--format', 'ndjson')
    expect(code).toBe(0)
    expect(output).toContain('"usd":16.8,"whatIf":{"model":"acme-two","usd":36}')
    const unknown = await costFile(rows(), '--what-if', 'hosted', '--format', 'ndjson')
    expect(unknown.code).toBe(3)
    expect(unknown.output).toContain('"model":"acme-one with hosted"')
    expect(unknown.output).toContain('{"record":"total","rows":0,"usd":0')
  })

  it('uses the prices that the registry had at a given time', async () => {
    const { output } = await costFile(rows(), '--as-of', '2026-10-01')
    expect(output).toContain(`Costs at the prices of ${registry.url} as of 2026-10-01`)
    expect(registry.asked.every((path) => path.includes('at=2026-10-01'))).toBe(true)
  })

  it('takes the provider from an option if a row has none', async () => {
    expect((await costFile(rows(), '--provider', 'host', '--format', 'csv')).output).toContain(
      'sum,host/acme-one,,2,15.4,',
    )
  })

  it('writes a receipt for each row', async () => {
    const file = write(
      'usage.csv',
      `model,at,prompt_tokens,completion_tokens\nacme-one,2026-09-01T00:00:00Z,1000000,0\nnowheres,2026-09-01,1,1\n`,
    )
    const path = join(folder, 'receipts.ndjson')
    await costFile(file, '--receipts', path)
    const receipts = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(receipts).toEqual([
      {
        ...{ file, record: 2, at: '2026-09-01T00:00:00.000Z', model: 'acme/acme-one', version: VERSION },
        period: { from: '2026-09-01T00:00:00.000Z', basis: 'observed' },
        ...{ usd: 3, lines: [{ kind: 'input', tokens: 1_000_000, price: 3, usd: 3 }] },
      },
      {
        file,
        record: 3,
        model: 'nowheres',
        problem: { code: 'not-found', detail: 'no lab offers a model "nowheres"' },
      },
    ])
  })

  it('counts a Claude Code message once, however many sessions contain it', async () => {
    const partial = sessionLine({ usage: { input_tokens: 1_000_000, output_tokens: 1 } })
    const whole = sessionLine({ usage: { input_tokens: 1_000_000, output_tokens: 100_000 } })
    const one = write('one.jsonl', toLines({ type: 'user', message: {} }, partial, whole, whole))
    const two = write(
      'two.jsonl',
      toLines(whole, sessionLine({ id: 'msg_2', usage: { input_tokens: 0, output_tokens: 0 } })),
    )
    const { code, output } = await costFile(one, two, '--format', 'ndjson')
    expect(code).toBe(0)
    expect(output).toContain('"rows":2,"usd":3.6')
    expect(output).toContain('{"record":"remark","text":"skipped: a duplicate row","rows":3}')
  })

  it('reports what is not part of the totals', async () => {
    const { output } = await costFile(write('usage.csv', ANTHROPIC_CSV), '--format', 'ndjson')
    expect(output).toContain('"rows":1,"usd":0.11825')
    expect(output).toContain(
      '{"record":"remark","text":"with \\"server_tool_use\\", which does not affect the sums","rows":1}',
    )
  })

  it('reports requests that were served in one region, perhaps at another price', async () => {
    const usage = (inference_geo: string) => ({ input_tokens: 1, output_tokens: 1, inference_geo })
    const lines = ['global', 'us'].map((geo, id) => sessionLine({ id, usage: usage(geo) }))
    const { output } = await costFile(write('one.jsonl', toLines(...lines)), '--format', 'ndjson')
    expect(output).toContain('"text":"with \\"inference_geo\\", which does not affect the sums","rows":1')
  })

  it('reports the assumption that an option allows', async () => {
    const cached = {
      model: 'acme-two',
      at: '2026-09-01T00:00:00Z',
      usage: { ...USAGE, prompt_tokens_details: { cached_tokens: 500_000 } },
    }
    const file = write('usage.ndjson', toLines(cached))
    expect((await costFile(file)).code).toBe(3)
    const { code, output } = await costFile(file, '--assume-input-price')
    expect(code).toBe(0)
    expect(output).toMatch(/with cached tokens priced as input \(--assume-input-price\) +1/)
  })

  it('reads a file that begins with a byte order mark', async () => {
    const file = write('usage.csv', '\uFEFFmodel,at,prompt_tokens,completion_tokens\r\nacme-two,2026-09-01,100,0\r\n')
    expect((await costFile(file, '--format', 'csv')).output).toContain('total,,,1,0.001,')
  })

  it('reads gzipped files and pages of an API', async () => {
    const page = openAiPage({ model: 'host', input_tokens: 1 }, { input_tokens: 1, model: 'acme-one' })
    const { code, output } = await costFile(
      write('usage.json.gz', gzipSync(JSON.stringify(page))),
      '--format',
      'ndjson',
    )
    expect(code).toBe(3)
    expect(output).toContain('openai')
  })

  it('sums costs exactly', async () => {
    const row = { model: 'acme-two', at: '2026-09-01T00:00:00Z', usage: { prompt_tokens: 1, completion_tokens: 0 } }
    const file = write('usage.ndjson', toLines(row).repeat(3000))
    expect((await costFile(file, '--format', 'csv')).output).toContain('total,,,3000,0.03,')
  })

  it.each([
    [[], 'missing required argument "files"'],
    [['missing.csv'], 'Cannot read "missing.csv": no such file'],
    [['usage.csv', '--format', 'xml'], 'Cannot write the format "xml"'],
    [['usage.csv', '--by', 'day,'], 'Cannot read --by "day,": a name is empty'],
    [['usage.csv', '--as-of', 'yesterday'], 'Cannot price usage as of "yesterday"'],
  ])('refuses %j', async (args, message) => {
    await expect(costFile(...args)).rejects.toThrow(message)
  })

  it('fails when the registry fails', async () => {
    registry.close()
    await expect(costFile(rows())).rejects.toThrow('Cannot reach the registry')
  })
})
