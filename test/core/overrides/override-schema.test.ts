import { describe, expect, it } from 'vitest'
import { Key, ModelOverrideBody, ProviderOverrideBody } from '../../../src/core/overrides/override-schema.ts'

type Result = { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }
const complaintsOf = ({ error }: Result): string[] =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
const model = (body: object): string[] => complaintsOf(ModelOverrideBody.safeParse({ note: 'n', ...body }))
const provider = (body: object): string[] => complaintsOf(ProviderOverrideBody.safeParse({ note: 'n', ...body }))

const EVERY_FACT = {
  name: 'One',
  alias: 'One',
  lab: 'acme',
  family: 'acme/one',
  firstParty: true,
  series: 'ones',
  effort: 'high',
  type: 'rerank',
  sdk: {
    npm: '@ai-sdk/acme',
    baseUrl: 'https://{region}.acme.example/',
    shape: 'responses',
    interleaved: { field: 'x' },
  },
  reasoning: { efforts: ['low', 'high'], toggle: true, budget: { max: 1000 } },
  capabilities: { temperature: false, attachment: true },
  iq: 0,
  speed: 5,
  billing: 'plan',
  pricing: {
    input: 0,
    tiers: [{ above: 200_000, input: 2 }],
    windows: [{ from: '22:00', to: '06:00', days: [1, 7], except: ['2026-12-25'], factor: 0.5 }],
    modes: {
      'fast-1.5': { output: 9, tiers: [{ above: 5 }], request: { body: { a: { b: [1] } }, headers: { 'x-y': 'z' } } },
    },
  },
  metrics: { epochCapabilitiesIndex: 140, arenaText: 1200, maxInput: 9 },
  modalities: { input: ['text', 'pdf'] },
  openWeights: true,
  knowledgeCutoff: '2025',
  releaseDate: '2026-01',
  lastUpdated: '2026-01-31',
  retiresOn: '2027-02-28',
  status: 'deprecated',
} as const

describe('set', () => {
  it('accepts every fact of a model unchanged', () => {
    expect(ModelOverrideBody.parse({ note: 'n', set: EVERY_FACT })).toStrictEqual({ note: 'n', set: EVERY_FACT })
  })

  it('accepts every fact of a provider', () => {
    const api = { baseUrl: 'https://{account}.example/', npm: 'x', env: ['KEY'], docs: 'https://docs.example/' }
    const set = { name: 'P', keyPlaceholder: 'k-...', website: 'https://p.example/', api, status: 'preview' }
    expect(ProviderOverrideBody.parse({ note: 'n', set })).toStrictEqual({ note: 'n', set })
  })

  it('sorts lists of names and removes duplicates', () => {
    const set = { reasoning: { efforts: ['high', 'low', 'low'] }, modalities: { output: ['audio', 'text'] } }
    expect(ModelOverrideBody.parse({ note: 'n', set })).toMatchObject({
      set: { reasoning: { efforts: ['low', 'high'] }, modalities: { output: ['text', 'audio'] } },
    })
  })

  it.each([
    [{ id: 'x' }, 'set: Unrecognized key: "id"'],
    [{ firstParty: false }, 'set.firstParty: Invalid input: expected true'],
    [{ family: 'one' }, 'set.family: is not "<lab>/<id>"'],
    [{ family: 'globex/one', lab: 'acme' }, 'set.family: does not belong to lab "acme"'],
    [{ pricing: { blended: 1 } }, 'set.pricing.blended: is derived: set "input" and "output" instead'],
    [{ retiresOn: '2026-02-30' }, 'set.retiresOn: is not a calendar date'],
    [{ modalities: { input: [] } }, 'set.modalities.input: Too small: expected array to have >=1 items'],
    [{ reasoning: { budget: { mn: 1 } } }, 'set.reasoning.budget: Unrecognized key: "mn"'],
    [{ sdk: { interleaved: { field: 'a', b: 1 } } }, 'set.sdk.interleaved: Unrecognized key: "b"'],
    [{ pricing: { tiers: [{ above: 1, inpt: 1 }] } }, 'set.pricing.tiers.0: Unrecognized key: "inpt"'],
    [{ pricing: { modes: { fast: { request: { z: 1 } } } } }, 'set.pricing.modes.fast.request: Unrecognized key: "z"'],
  ])('refuses %j', (set, complaint) => {
    expect(model({ set })).toEqual([complaint])
  })
})

describe('texts', () => {
  it.each([
    [model, { set: { series: 'a\u0007' } }, 'set.series: contains control characters or lone surrogates'],
    [
      model,
      { set: { sdk: { baseUrl: `https://x/${'x'.repeat(2000)}` } } },
      'set.sdk.baseUrl: is longer than 2000 characters',
    ],
    [model, { set: { name: 'x'.repeat(301) } }, 'set.name: Too big: expected string to have <=300 characters'],
    [
      model,
      { set: { pricing: { modes: { m: { request: { body: { 'a\n': 1 } } } } } } },
      'set.pricing.modes.m.request.body: contains control characters or lone surrogates',
    ],
    [
      provider,
      { set: { keyPlaceholder: '\ud800' } },
      'set.keyPlaceholder: contains control characters or lone surrogates',
    ],
    [provider, { set: { website: `https://x/${'a'.repeat(2000)}` } }, 'set.website: is longer than 2000 characters'],
    [provider, { set: { website: 'javascript:alert(1)' } }, 'set.website: Invalid URL'],
    [provider, { set: { api: { baseUrl: 'javascript:alert(1)' } } }, 'set.api.baseUrl: is not an http or https URL'],
    [model, { set: { sdk: { baseUrl: 'javascript:alert(1)' } } }, 'set.sdk.baseUrl: is not an http or https URL'],
    [
      provider,
      { set: { api: { env: Array.from({ length: 20 }, () => 'x'.repeat(1900)) } } },
      'set: is longer than 32000 characters of JSON',
    ],
  ])('are bounded and plain: %#', (check, body, complaint) => {
    expect(check(body)).toEqual([complaint])
  })
})

describe('prices', () => {
  const windows = (...spans: [string, string, number[]?][]) => ({
    set: { pricing: { windows: spans.map(([from, to, days]) => ({ from, to, factor: 1, ...(days && { days }) })) } },
  })

  it.each<[boolean, [string, string, number[]?][]]>([
    [
      false,
      [
        ['22:00', '06:00'],
        ['06:00', '22:00'],
      ],
    ],
    [
      true,
      [
        ['22:00', '06:00'],
        ['05:59', '07:00'],
      ],
    ],
    [
      true,
      [
        ['00:00', '00:00'],
        ['12:00', '13:00'],
      ],
    ],
    [
      false,
      [
        ['22:00', '06:00', [1]],
        ['05:00', '07:00', [1]],
      ],
    ],
    [
      true,
      [
        ['22:00', '06:00', [1]],
        ['05:00', '07:00', [2]],
      ],
    ],
    [
      true,
      [
        ['22:00', '06:00', [7]],
        ['05:00', '07:00', [1]],
      ],
    ],
    [
      false,
      [
        ['08:00', '18:00', [1, 2]],
        ['08:00', '18:00', [3, 4]],
      ],
    ],
    [
      true,
      [
        ['08:00', '18:00', [1, 2]],
        ['17:00', '19:00', [2, 3]],
      ],
    ],
  ])('are refused (%s) if windows overlap: %j', (refused, spans) => {
    expect(model(windows(...spans))).toEqual(refused ? ['set.pricing.windows: has overlapping windows'] : [])
  })

  it('are refused if a window has both a factor and prices', () => {
    const window = { from: '22:00', to: '06:00', factor: 1, prices: { input: 1 } }
    expect(model({ set: { pricing: { windows: [window] } } })).toEqual([
      'set.pricing.windows.0: needs either a factor or prices',
    ])
  })

  it('are refused if tiers do not ascend', () => {
    const tiers = [{ above: 5 }, { above: 5 }]
    expect(model({ set: { pricing: { tiers } } })).toEqual(['set.pricing.tiers: is not in ascending order of "above"'])
    expect(model({ set: { pricing: { modes: { m: { tiers } } } } })).toHaveLength(1)
  })
})

describe('unset', () => {
  it.each(
    ['lab', 'firstParty', 'series', 'billing', 'sdk', 'sdk.npm', 'reasoning.budget.min', 'metrics.maxInput'].concat(
      ...[
        'pricing.tiers',
        'pricing.windows',
        'pricing.modes',
        'pricing.modes.fast',
        'pricing.modes.fast.tiers',
        'modalities',
      ],
      ...['pricing.modes.fast.request.headers.x-y', 'lastUpdated', 'retiresOn', 'capabilities.attachment'],
    ),
  )('accepts %s', (path) => {
    expect(model({ unset: [path] })).toEqual([])
  })

  it.each([
    ...['name', 'type', 'family', 'status', 'sdk.model', 'modalities.input', 'pricing.modes.a.b', 'x', 'iq.x'],
    'pricing.blended',
  ])('refuses %s', (path) => {
    expect(model({ unset: [path] })).toEqual(['unset.0: is not the path of an optional fact'])
  })

  it('accepts facts of a provider, but not a fact that is also set', () => {
    expect(provider({ unset: ['website', 'api', 'api.env'] })).toEqual([])
    expect(provider({ unset: ['name'] })).toHaveLength(1)
    expect(model({ set: { sdk: { npm: 'x' } }, unset: ['sdk.npm'] })).toEqual([
      'unset: "sdk.npm" is both set and unset',
    ])
  })
})

describe('a key', () => {
  it.each(['org/three:free', 'a@b', '...', '株', '%2e'])('may be %j', (key) => {
    expect(complaintsOf(Key.safeParse(key))).toEqual([])
  })

  it.each(['', '.', '..', '__proto__', 'a\nb', '\ud800', 'x'.repeat(301)])('is never %j', (key) => {
    expect(complaintsOf(Key.safeParse(key))).toHaveLength(1)
  })
})
