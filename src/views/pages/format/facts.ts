/** Facts by their paths, in words: "pricing.cacheRead" is the "Cached input price". */
import { formatDate } from './dates.ts'
import { formatNumber, formatTokens, formatUsd } from './numbers.ts'

const NAMES: Readonly<Record<string, string>> = {
  id: 'Source ID',
  name: 'Name',
  alias: 'Short name',
  lab: 'Lab',
  family: 'Family',
  firstParty: 'First-party',
  series: 'Series',
  effort: 'Reasoning effort',
  type: 'Type',
  status: 'Status',
  iq: 'Intelligence (0–5)',
  speed: 'Speed (0–5)',
  billing: 'Billing',
  openWeights: 'Open weights',
  knowledgeCutoff: 'Knowledge cutoff',
  releaseDate: 'Released',
  lastUpdated: 'Last updated',
  retiresOn: 'Retires on',
  'sdk.model': 'API model ID',
  'sdk.npm': 'AI SDK package',
  'sdk.baseUrl': 'Base URL',
  'sdk.shape': 'API format',
  'reasoning.efforts': 'Reasoning efforts',
  'reasoning.toggle': 'Reasoning can be turned off',
  'reasoning.budget.min': 'Smallest reasoning budget',
  'reasoning.budget.max': 'Largest reasoning budget',
  'capabilities.text': 'Text',
  'capabilities.vision': 'Vision',
  'capabilities.reasoning': 'Reasoning',
  'capabilities.toolUse': 'Tool use',
  'capabilities.json': 'Structured output',
  'capabilities.audio': 'Audio',
  'capabilities.temperature': 'Adjustable temperature',
  'capabilities.attachment': 'File attachments',
  'modalities.input': 'Input types',
  'modalities.output': 'Output types',
  'metrics.intelligenceIndex': 'Intelligence Index',
  'metrics.intelligenceIndexVersion': 'Intelligence Index version',
  'metrics.codingIndex': 'Coding Index',
  'metrics.agenticIndex': 'Agentic Index',
  'metrics.epochCapabilitiesIndex': 'Epoch Capabilities Index',
  'metrics.arenaText': 'Arena text rating',
  'metrics.outputTokensPerSecond': 'Output tokens per second',
  'metrics.timeToFirstToken': 'Seconds to first token',
  'metrics.timeToFirstAnswer': 'Seconds to first answer token',
  'metrics.endToEnd': 'Seconds per response',
  'metrics.contextWindow': 'Context window',
  'metrics.maxInput': 'Maximum input',
  'metrics.maxOutput': 'Maximum output',
  'pricing.blended': 'Blended price',
  'pricing.tiers': 'Price tiers',
  'pricing.windows': 'Price windows',
  'pricing.modes': 'Modes',
}

const PRICE_NAMES: Readonly<Record<string, string>> = {
  input: 'Input',
  output: 'Output',
  cacheRead: 'Cached input',
  cacheWrite: 'Cache write',
  cacheWrite1h: 'Cache write, 1 h',
  reasoning: 'Reasoning',
  inputAudio: 'Audio input',
  outputAudio: 'Audio output',
}

export function factName(path: string): string {
  const known = NAMES[path]
  if (known !== undefined) return known
  const [group = '', ...rest] = path.split('.')
  const last = rest.at(-1) ?? ''
  if (group === 'pricing' && rest.length === 1) return `${priceName(last)} price`
  if (group === 'pricing' && rest[0] === 'modes') return `Mode ${rest[1]}: ${priceName(last).toLowerCase()}`
  return path
}

/** Of a kind of price, such as "cacheRead". */
export function priceName(kind: string): string {
  return PRICE_NAMES[kind] ?? kind
}

/** A plain price per million tokens, and not a list of tiers, say. */
export function isPrice(path: string): boolean {
  return path.startsWith('pricing.') && !/^pricing\.(?:tiers|windows|modes)\b/.test(path)
}

const TOKENS = new Set(['metrics.contextWindow', 'metrics.maxInput', 'metrics.maxOutput'])

export function formatFact(path: string, value: unknown): string {
  if (value === undefined) return 'unknown'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return formatFigure(path, value)
  if (typeof value === 'string') return /(Date|cutoff|lastUpdated|retiresOn)$/i.test(path) ? formatDate(value) : value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ')
  if (path === 'pricing.tiers' && Array.isArray(value)) return value.map(formatTier).join('; ')
  return JSON.stringify(value)
}

function formatFigure(path: string, value: number): string {
  if (path.startsWith('pricing.') && !path.includes('.request.')) return formatUsd(value)
  return TOKENS.has(path) ? `${formatTokens(value)} tokens` : formatNumber(value)
}

function formatTier(tier: unknown): string {
  const { above, ...prices } = Object(tier) as Record<string, unknown> // an object of numbers, by its schema
  const named = Object.entries(prices).map(
    ([kind, usd]) => `${priceName(kind).toLowerCase()} ${formatUsd(Number(usd))}`,
  )
  return `above ${formatTokens(Number(above))}: ${named.join(', ')}`
}

const SOURCES: Readonly<Record<string, string>> = {
  'artificial-analysis': 'Artificial Analysis',
  'models.dev': 'models.dev',
  epoch: 'Epoch',
  arena: 'Arena',
  override: 'Operator',
  derived: 'Derived',
}

export function sourceName(source: string): string {
  return SOURCES[source] ?? source
}
