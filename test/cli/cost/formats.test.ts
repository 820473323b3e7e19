import { describe, expect, it } from 'vitest'
import { readSpan } from '../../../src/cli/commands/cost/formats/read-span.ts'
import type { UsageRow } from '../../../src/cli/commands/cost/formats/usage-row.ts'
import { costOf } from '../../../src/core/pricing/cost-of.ts'
import {
  ANTHROPIC_CSV,
  anthropicPage,
  OPENAI_CSV,
  openAiPage,
  sessionLine,
  spendLog,
  toLines,
} from '../../support/cli/cost/usage-files.ts'
import { rowsOf } from '../../support/cli/cost/usage-reading.ts'

const MODEL = {
  pricing: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWrite1h: 6, inputAudio: 9, outputAudio: 30 },
}

/** The only row of a text, and its cost. */
async function readOne(text: string): Promise<{ row: UsageRow; usd: number | undefined }> {
  const [row, ...others] = (await rowsOf(text)).filter((reading) => 'usage' in reading)
  if (!row || others.length > 0) throw new Error('expected one row')
  const cost = costOf(MODEL, row.usage, { mode: row.mode })
  return { row, usd: cost.ok ? cost.value.usd : undefined }
}

describe('usage of an organization at OpenAI', () => {
  it('is read from the pages of its API, as sums of requests', async () => {
    const results = { input_tokens: 1000, input_cached_tokens: 400, output_tokens: 500, num_model_requests: 7 }
    const { row, usd } = await readOne(JSON.stringify(openAiPage(results), undefined, 2))
    expect(row).toMatchObject({ model: 'acme-one', provider: 'openai', sum: {} })
    expect(row.span).toEqual({ from: Date.UTC(2026, 8, 1), until: Date.UTC(2026, 8, 2) })
    expect(row.columns).toMatchObject({ project_id: 'proj_1', start_time: 1_788_220_800 })
    expect(usd).toBe(0.00942)
  })

  it('is priced as a single request if a row has only one', async () => {
    expect((await readOne(JSON.stringify(openAiPage({ input_tokens: 1 })))).row.sum).toBeUndefined()
  })

  it('separates audio tokens, cached or not', async () => {
    const audio = { input_audio_tokens: 100, output_audio_tokens: 20, output_tokens: 50, input_tokens: 1000 }
    expect((await readOne(JSON.stringify(openAiPage(audio)))).usd).toBe(0.00465)
    const cachedText = { ...audio, input_cached_tokens: 300, input_cached_audio_tokens: 0 }
    expect((await readOne(JSON.stringify(openAiPage(cachedText)))).usd).toBe(0.00384)
    const cachedAudio = { ...cachedText, input_cached_audio_tokens: 10 }
    expect((await readOne(JSON.stringify(openAiPage(cachedAudio)))).usd).toBeUndefined()
  })

  it('names the mode of a batch, and the tier that served', async () => {
    expect((await readOne(JSON.stringify(openAiPage({ batch: true })))).row.mode).toBe('batch')
    expect((await readOne(JSON.stringify(openAiPage({ service_tier: 'flex' })))).row.usage).toMatchObject({
      service_tier: 'flex',
    })
  })

  it('is read from the files of its usage page, without the empty buckets', async () => {
    const { row, usd } = await readOne(OPENAI_CSV)
    expect(row).toMatchObject({ record: 2, model: 'acme-one', span: { from: Date.UTC(2026, 8, 1) }, sum: {} })
    expect(usd).toBe(0.321738)
    expect(await rowsOf(OPENAI_CSV)).toContainEqual({ record: 3, skipped: 'a bucket without usage' })
  })

  it.each([
    ['without a model', { model: null, input_tokens: 1, num_model_requests: 1 }, 'no-model'],
    ['of money', { object: 'organization.costs.result', amount: { value: 1, currency: 'usd' } }, 'unreadable-usage'],
    ['of images', { input_tokens: undefined, images: 3 }, 'unreadable-usage'],
  ])('reports what is missing in a row %s', async (_, result, code) => {
    expect(await rowsOf(JSON.stringify(openAiPage(result)))).toMatchObject([{ problem: { code } }])
  })
})

describe('usage of an organization at Anthropic', () => {
  const RESULT = {
    ...{ uncached_input_tokens: 1000, cache_read_input_tokens: 500, output_tokens: 200 },
    cache_creation: { ephemeral_1h_input_tokens: 100, ephemeral_5m_input_tokens: 50 },
  }

  it('is read from the pages of its API, as sums of requests', async () => {
    const { row, usd } = await readOne(JSON.stringify(anthropicPage(RESULT)))
    expect(row).toMatchObject({
      model: 'acme-one',
      provider: 'anthropic',
      sum: {},
      columns: { workspace_id: 'wrkspc_1' },
    })
    expect(row.span).toEqual({ from: Date.UTC(2026, 8, 1), until: Date.UTC(2026, 8, 2) })
    expect(usd).toBe(0.0069375)
  })

  it.each([
    ['0-200k', { upTo: 200_000 }],
    ['200k-1M', { above: 200_000 }],
    [null, {}],
  ])('takes the length of prompts from the context window %s', async (context_window, sum) => {
    const { row } = await readOne(JSON.stringify(anthropicPage({ ...RESULT, context_window })))
    expect(row.sum).toEqual(sum)
  })

  it('is read from the CSV of its console', async () => {
    const { row, usd } = await readOne(ANTHROPIC_CSV)
    expect(row).toMatchObject({ model: 'acme-one', sum: { upTo: 200_000 }, columns: { api_key: 'app' } })
    expect(row.span).toEqual({ from: Date.UTC(2026, 8, 1), until: Date.UTC(2026, 8, 2) })
    expect(usd).toBe(0.39975)
  })

  it('reports that a cost report contains no tokens', async () => {
    const report = 'usage_date_utc,model,token_type,cost_usd\n2026-09-01,acme-one,input_no_cache,1.5\n'
    expect(await rowsOf(report)).toMatchObject([{ problem: { code: 'unreadable-usage' } }])
  })
})

describe('spend logs of LiteLLM', () => {
  it('are requests, with the details of their metadata', async () => {
    const { row, usd } = await readOne(toLines(spendLog()))
    expect(row).toMatchObject({ model: 'acme-one', provider: 'acme', id: 'chatcmpl-1', columns: { team_id: 'team-a' } })
    expect(row.span.from).toBe(Date.UTC(2026, 8, 1, 10))
    expect(usd).toBe(0.00942)
  })

  it('are read from an export of the database, which has texts', async () => {
    const log = spendLog({ startTime: '2026-09-01 10:00:00.000' })
    const cells = Object.values({ ...log, metadata: JSON.stringify(log.metadata) })
    const line = cells.map((cell) => `"${`${cell}`.replaceAll('"', '""')}"`).join(',')
    const { row, usd } = await readOne(`${Object.keys(log).join(',')}\n${line}\n`)
    expect(row.span.from).toBe(Date.UTC(2026, 8, 1, 10))
    expect(usd).toBe(0.00942)
  })

  it('distinguish writes to the cache for an hour', async () => {
    const details = { cached_tokens: 400, cache_creation_tokens: 300 }
    const kept = { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 }
    const usage_object = { prompt_tokens_details: { ...details, cache_creation_token_details: kept } }
    expect((await readOne(toLines(spendLog({ metadata: { usage_object } })))).usd).toBe(0.010095)
    const whole = { cache_read_input_tokens: 400, cache_creation_input_tokens: 300 }
    const metadata = { additional_usage_values: whole }
    expect((await readOne(toLines(spendLog({ metadata })))).usd).toBe(0.009645)
  })

  it.each([
    ['bedrock', 'bedrock/acme-one', 'amazon-bedrock'],
    ['vertex_ai', 'acme-one', 'google-vertex'],
    ['openai', 'openai/acme-one', 'openai'],
  ])('name the provider %s of %s as the registry does', async (custom_llm_provider, model, provider) => {
    const { row } = await readOne(toLines(spendLog({ custom_llm_provider, model })))
    expect(row).toMatchObject({ model: 'acme-one', provider })
  })

  it('are read from a page of them', async () => {
    const page = { data: [spendLog()], total: 1, page: 1, page_size: 50, total_pages: 1 }
    expect((await readOne(JSON.stringify(page))).usd).toBe(0.00942)
  })

  it('leave out requests that reached no provider, and those that failed', async () => {
    const free = [spendLog({ cache_hit: 'True' }), spendLog({ status: 'failure', total_tokens: 0 })]
    expect(await rowsOf(toLines(...free))).toEqual([
      { record: 1, skipped: "an answer from LiteLLM's own cache" },
      { record: 2, skipped: 'a failed request' },
    ])
  })
})

describe('session files of Claude Code', () => {
  it('are messages with the usage of the API', async () => {
    const { row, usd } = await readOne(
      toLines({ type: 'summary', summary: 'A title', leafUuid: 'uuid-1' }, sessionLine()),
    )
    expect(row).toMatchObject({
      record: 2,
      model: 'acme-one',
      id: 'msg_1 req_1',
      columns: { cwd: '/home/someone/app' },
    })
    expect(row.columns).not.toHaveProperty('message')
    expect(usd).toBe(0.00588)
  })

  it("leave out lines that are not a model's response", async () => {
    const lines = toLines({ type: 'user', message: { content: 'Hello' } }, sessionLine({ model: '<synthetic>' }))
    expect(await rowsOf(lines)).toEqual([
      { record: 1, skipped: 'a line without usage' },
      { record: 2, skipped: 'a message that was not written by a model' },
    ])
  })
})

describe('records of an unknown format', () => {
  const USAGE = { prompt_tokens: 1000, completion_tokens: 500, prompt_tokens_details: { cached_tokens: 400 } }

  it.each([
    ['usage in a column of its own', { model: 'acme-one', at: '2026-09-01T10:00:00Z', usage: USAGE }],
    ['usage spread over it', { model: 'acme-one', time: 1_788_256_800, ...USAGE, user: 'someone', speed: '88.5' }],
    [
      'an answer of chat completions',
      { id: 'chatcmpl-1', object: 'chat.completion', created: 1_788_256_800, model: 'acme-one', usage: USAGE },
    ],
    [
      'an answer of Gemini',
      {
        modelVersion: 'acme-one',
        createTime: '2026-09-01T10:00:00Z',
        usageMetadata: { promptTokenCount: 1000, cachedContentTokenCount: 400, candidatesTokenCount: 500 },
      },
    ],
    [
      'a result of the AI SDK',
      {
        response: { modelId: 'acme-one', timestamp: '2026-09-01T10:00:00.000Z' },
        usage: { inputTokens: 1000, cachedInputTokens: 400, outputTokens: 500 },
      },
    ],
  ])('have %s', async (_, record) => {
    const { row, usd } = await readOne(toLines(record))
    expect(row).toMatchObject({
      model: 'acme-one',
      span: { from: Date.UTC(2026, 8, 1, 10), until: Date.UTC(2026, 8, 1, 10) },
    })
    expect(usd).toBe(0.00942)
  })

  it('may be CSV with paths as names, or with usage as JSON', async () => {
    const paths = 'model,timestamp,provider,mode,prompt_tokens,completion_tokens,prompt_tokens_details.cached_tokens\n'
    const spread = await readOne(`${paths}acme-one,2026-09-01T10:00:00Z,acme,,1000.0,500,400\n`)
    expect(spread).toMatchObject({ row: { provider: 'acme', mode: undefined }, usd: 0.00942 })
    const json = `"${JSON.stringify(USAGE).replaceAll('"', '""')}"`
    expect((await readOne(`model,at,usage\nacme-one,2026-09-01T10:00:00Z,${json}\n`)).usd).toBe(0.00942)
  })

  it('may state next to the usage how the request was served', async () => {
    const answer = { model: 'acme-one', created: 1_788_256_800, service_tier: 'priority', usage: USAGE }
    expect((await readOne(toLines(answer))).row.usage).toMatchObject({ service_tier: 'priority' })
  })

  it('may have columns with other names, given by options', async () => {
    const record = { meta: { llm: 'acme-one' }, when: '2026-09-01 10:00:00', max_tokens: 9, ...USAGE }
    const options = { modelColumn: 'meta.llm', timeColumn: 'when', ignore: new Set(['max_tokens']), isUtc: true }
    const [row] = await rowsOf(toLines(record), options)
    expect(row).toMatchObject({ model: 'acme-one', span: { from: Date.UTC(2026, 8, 1, 10) }, usage: USAGE })
    expect(row).not.toHaveProperty('usage.max_tokens')
  })

  it.each([
    ['a model', { at: '2026-09-01T10:00:00Z', ...USAGE }, 'no-model'],
    ['a time', { model: 'acme-one', ...USAGE }, 'no-time'],
    ['the zone of its time', { model: 'acme-one', at: '2026-09-01T10:00:00', ...USAGE }, 'no-time'],
  ])('are a problem without %s', async (_, record, code) => {
    expect(await rowsOf(toLines(record))).toMatchObject([{ problem: { code } }])
  })

  it('cannot change the prototype of objects', async () => {
    const [row] = await rowsOf('model,at,__proto__.input_tokens,constructor.tokens\nacme-one,2026-09-01,5,6\n')
    expect(Object.getPrototypeOf(row && 'usage' in row ? row.usage : undefined)).toBe(Object.prototype)
    expect({}).not.toHaveProperty('input_tokens')
  })
})

describe('readSpan()', () => {
  it.each([
    ['2026-09-01T10:00:00Z', '2026-09-01T10:00:00.000Z'],
    ['2026-09-01T12:00:00+02:00', '2026-09-01T10:00:00.000Z'],
    ['2026-09-01 10:00:00+00', '2026-09-01T10:00:00.000Z'],
    ['2026-09-01 10:00:00.5 +00:00', '2026-09-01T10:00:00.500Z'],
    [1_788_256_800, '2026-09-01T10:00:00.000Z'],
    ['1788256800', '2026-09-01T10:00:00.000Z'],
    [1_788_256_800_000, '2026-09-01T10:00:00.000Z'],
  ])('reads %s as an instant', (value, time) => {
    expect(readSpan(value, false)).toEqual({ from: Date.parse(time), until: Date.parse(time) })
  })

  it('reads a date as its day', () => {
    expect(readSpan('2026-09-01', false)).toEqual({ from: Date.UTC(2026, 8, 1), until: Date.UTC(2026, 8, 2) })
  })

  it.each([
    '',
    'yesterday',
    '2026-02-30',
    '2026-02-30T10:00:00Z',
    '2026-09-01T10:00:00',
    '09/01/2026',
    true,
    Number.NaN,
  ])('does not accept %s as a time', (value) => {
    expect(readSpan(value, false)).toBeUndefined()
  })

  it('reads a time without a zone as UTC with the option', () => {
    expect(readSpan('2026-09-01 10:00:00', true)?.from).toBe(Date.UTC(2026, 8, 1, 10))
  })
})
