/** Realistic examples for the OpenAPI document, by the names of properties and parameters. */
type Json = Record<string, unknown>
type Example = string | number

const VERSION = 'v1.eb578673289e'
const TIME = '2026-09-30T23:59:59.999Z'
const DIGEST = '5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592'

/** Optional parameters have no example here, because they narrow the response. */
const PARAMETERS: Record<string, string | boolean> = {
  provider: 'openai',
  value: 'gpt-4o',
  version: VERSION,
  digest: DIGEST,
  id: '1',
  part: '1',
  from: '2026-07-01',
  dryRun: true,
}

/** A name with several meanings has an example for each; the first that fits the schema is used. */
const PROPERTIES: Record<string, readonly Example[]> = {
  above: [200_000],
  added: [12],
  ageSeconds: [3600],
  agenticIndex: [52.1],
  alias: ['GPT-4o'],
  arenaText: [1345],
  at: [TIME, '2026-09-30'],
  baseUrl: ['https://api.openai.com/v1'],
  blended: [4.375],
  body: ['Model,eci,date,Organization\nGPT-5,150,2025-08-07,OpenAI\n'],
  by: ['root'],
  cacheRead: [1.25],
  cacheWrite1h: [6],
  cacheWrite: [3.75],
  chain: [DIGEST],
  changed: [31],
  code: ['not-found'],
  codingIndex: [48.5],
  commits: [7],
  committedAt: [TIME],
  contextWindow: [128_000],
  count: [13],
  days: [5],
  del: ['gpt-3.5-turbo-0301'],
  detail: [`Cannot read version "v1.000000000000": no such version`],
  docs: ['https://platform.openai.com/docs/models'],
  endToEnd: [9.8],
  env: ['OPENAI_API_KEY'],
  epochCapabilitiesIndex: [129],
  etag: ['"eb578673289e2880445dbe6ed05d2805"'],
  example: ['Claude 3 Haiku'],
  except: ['2026-12-25'],
  factor: [0.5],
  family: ['openai/gpt-4o'],
  fetchedAt: [TIME],
  field: ['reasoning_content', 'set.iq'],
  from: [TIME, '2026-09-30', '08:00', 4],
  generatedAt: [TIME],
  headers: ['flex'],
  id: ['models.dev:openai/gpt-4o', 7],
  ignored: ['service_tier'],
  indexVersion: [4],
  input: [2.5],
  inputAudio: [40],
  intelligenceIndex: [45.2],
  intelligenceIndexVersion: [4],
  iq: [3],
  keyPlaceholder: ['sk-...'],
  knowledgeCutoff: ['2023-09'],
  lab: ['openai'],
  lastAt: [TIME],
  lastUpdated: ['2024-08-06'],
  lastVersion: [VERSION],
  max: [24_576],
  maxInput: [111_616],
  maxOutput: [16_384],
  message: ['is not a whole number from 0 to 5'],
  min: [128],
  missing: ['gpt-3.5-turbo-0301'],
  mode: ['batch'],
  model: ['gpt-4o', 'openai/gpt-4o'],
  models: [381],
  name: ['GPT-4o'],
  nextRun: ['2026-10-01T02:00:00.000Z'],
  note: ['According to the price list of the lab'],
  now: [TIME],
  npm: ['@ai-sdk/openai'],
  openapi: ['3.1.0'],
  output: [10],
  outputAudio: [80],
  outputTokensPerSecond: [126.4],
  path: ['pricing.input'],
  pinned: [VERSION],
  previous: ['v1.1b5d8e85583e'],
  price: [2.5],
  provider: ['openai'],
  providers: [27],
  pull: [7],
  rateLimitRemaining: [23],
  reason: ['The newest prices are wrong'],
  reasoning: [10],
  reasons: ['127 of 381 models are missing, more than 3 %'],
  recordedAt: [TIME],
  releaseDate: ['2024-05-13'],
  removed: [3],
  retiresOn: ['2026-12-31'],
  root: [DIGEST],
  seq: [7],
  series: ['gpt'],
  shape: ['responses'],
  since: [TIME, '2026-09-30'],
  source: ['models.dev'],
  speed: [4],
  status: [404],
  tier: [200_000, 'free'],
  timeToFirstAnswer: [0.62],
  timeToFirstToken: [0.51],
  title: ['Not found'],
  to: [TIME, '2026-09-30', '16:00', 4],
  tokens: [1200],
  type: ['https://github.com/Rettend/llm/blob/main/docs/problems.md#not-found'],
  unset: ['metrics.maxInput'],
  until: [TIME, '2026-12-31'],
  url: ['https://models.dev'],
  usd: [0.003],
  value: ['gpt-4o', 'openai'],
  version: [VERSION],
  versions: [VERSION],
  website: ['https://platform.openai.com/api-keys'],
  window: ['01:00-04:00'],
}

/** For required parameters, and for `dryRun`, so that trying a change does not make one. */
export function exampleOfParameter(name: string, required: boolean): { example?: string | boolean } {
  const example = PARAMETERS[name]
  return example !== undefined && (required || name === 'dryRun') ? { example } : {}
}

/** The same schema, with an example for every text and number. */
export function withExamples(schema: unknown, name = ''): unknown {
  if (Array.isArray(schema)) return schema.map((part) => withExamples(part, name))
  if (!isJson(schema)) return schema
  const { properties, ...rest } = schema
  const entries = Object.entries(rest).map(([key, part]) => [key, isData(key) ? part : withExamples(part, name)])
  const example = hasOwnValue(schema) ? undefined : PROPERTIES[name]?.find((one) => fits(one, schema))
  return {
    ...Object.fromEntries(entries),
    ...(isJson(properties) && { properties: mapValues(properties) }),
    ...(example !== undefined && { examples: [example] }),
  }
}

function mapValues(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, withExamples(part, name)]))
}

/** Keywords that hold values, not schemas. */
const isData = (key: string): boolean =>
  ['enum', 'const', 'examples', 'default', 'required', 'propertyNames'].includes(key)

const hasOwnValue = ({ enum: words, const: value, examples }: Json): boolean =>
  words !== undefined || value !== undefined || examples !== undefined

function fits(example: Example, schema: Json): boolean {
  const { type, format, pattern } = schema
  if (typeof example === 'string')
    return (
      type === 'string' &&
      (format === 'date-time') === isTime(example) &&
      (!pattern || RegExp(String(pattern)).test(example))
    )
  return type === 'number' || (type === 'integer' && Number.isInteger(example))
}

const isTime = (text: string): boolean => text.length === TIME.length && text.endsWith('Z')

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
