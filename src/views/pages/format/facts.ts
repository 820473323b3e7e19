/** Names and values of facts by their paths, as a diff has them: "pricing.input" is "Input price". */
import { formatDate } from './dates.ts'
import { formatNumber, formatUsd } from './numbers.ts'

const NAMES: Record<string, string> = {
  alias: 'Short name',
  billing: 'Billing',
  'capabilities.attachment': 'Attachments',
  'capabilities.audio': 'Audio',
  'capabilities.json': 'Structured output',
  'capabilities.reasoning': 'Reasoning',
  'capabilities.temperature': 'Temperature',
  'capabilities.text': 'Text',
  'capabilities.toolUse': 'Tool use',
  'capabilities.vision': 'Vision',
  effort: 'Effort',
  family: 'Family',
  firstParty: 'First-party',
  id: "Source's id",
  iq: 'IQ',
  knowledgeCutoff: 'Knowledge cutoff',
  lab: 'Lab',
  lastUpdated: 'Last updated',
  'metrics.agenticIndex': 'Agentic Index',
  'metrics.arenaText': 'Arena text rating',
  'metrics.codingIndex': 'Coding Index',
  'metrics.contextWindow': 'Context window',
  'metrics.endToEnd': 'End-to-end seconds',
  'metrics.epochCapabilitiesIndex': 'Epoch Capabilities Index',
  'metrics.intelligenceIndex': 'Intelligence Index',
  'metrics.intelligenceIndexVersion': 'Intelligence Index version',
  'metrics.maxInput': 'Longest input',
  'metrics.maxOutput': 'Longest output',
  'metrics.outputTokensPerSecond': 'Output tokens per second',
  'metrics.timeToFirstAnswer': 'Seconds to first answer',
  'metrics.timeToFirstToken': 'Seconds to first token',
  'modalities.input': 'Takes',
  'modalities.output': 'Gives',
  name: 'Name',
  openWeights: 'Open weights',
  'pricing.blended': 'Blended price',
  'pricing.cacheRead': 'Cache read price',
  'pricing.cacheWrite': 'Cache write price',
  'pricing.cacheWrite1h': 'Cache write price, 1 hour',
  'pricing.input': 'Input price',
  'pricing.inputAudio': 'Audio input price',
  'pricing.modes': 'Modes',
  'pricing.output': 'Output price',
  'pricing.outputAudio': 'Audio output price',
  'pricing.reasoning': 'Reasoning price',
  'pricing.tiers': 'Price tiers',
  'pricing.windows': 'Price windows',
  'reasoning.efforts': 'Efforts',
  releaseDate: 'Released',
  retiresOn: 'Retires on',
  'sdk.model': 'Model id of the API',
  series: 'Series',
  speed: 'Speed',
  status: 'Status',
  type: 'Type',
}

export function factName(path: string): string {
  return NAMES[path] ?? path
}

/** `undefined` is unknown. */
export function formatFact(path: string, value: unknown): string {
  if (value === undefined) return 'unknown'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return isPrice(path) ? formatUsd(value) : formatNumber(value)
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join(', ')
  return JSON.stringify(value)
}

/** A plain price per million tokens, and not a list of tiers, say. */
export function isPrice(path: string): boolean {
  return path.startsWith('pricing.') && !/^pricing\.(?:tiers|windows|modes)\b/.test(path)
}
