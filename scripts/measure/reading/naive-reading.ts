/**
 * An independent reader of models.dev rows in their current format, to compare with the registry's. They share no code, only
 * the reviewed lists of free offers. It trusts the recorded data and follows the contract rule by rule. `type` is omitted:
 * it is compared with a list made by hand.
 */
import { FREE_PROVIDERS, FREE_ROWS, PLAN_PROVIDERS } from '../../../src/core/statements/billing-data.ts'

interface ServedCost {
  [price: string]: unknown
  tiers?: (ServedCost & { tier: { type: string; size: number } })[]
  context_over_200k?: ServedCost
}

/** As far as it is read. */
export interface ServedRow {
  [field: string]: unknown
  id: string
  name: string
  cost?: ServedCost
  limit?: { context?: number; input?: number; output?: number }
  modalities?: { input: string[]; output: string[] }
  reasoning_options?: { type: string; values?: (string | null)[]; min?: number; max?: number }[]
  provider?: { npm?: string; api?: string; shape?: string }
  interleaved?: boolean | { field: string }
  experimental?: boolean | { modes?: Record<string, ServedMode> }
}
interface ServedMode {
  cost?: ServedCost
  provider?: { body?: object; headers?: object }
}
export interface ServedProvider {
  id: string
  name: string
  npm?: string
  api?: string
  models: Record<string, ServedRow>
}

type Loose = Record<string, unknown>
const NAMES: Record<string, string> = {
  input: 'input',
  output: 'output',
  cache_read: 'cacheRead',
  cache_write: 'cacheWrite',
  reasoning: 'reasoning',
  input_audio: 'inputAudio',
  output_audio: 'outputAudio',
}
const words = (text: string): string[] => text.toLowerCase().split(/[^a-z0-9]+/)

/** The statement of a row, without `type`. */
export function readNaively(provider: ServedProvider, row: ServedRow): unknown {
  const id = row.id.trim()
  return prune({
    source: 'models.dev',
    id: `models.dev:${provider.id}/${id}`,
    provider: provider.id,
    value: id,
    name: row.name.trim(),
    canonicalId: row.canonical_model_id,
    facts: {
      sdk: sdkOf(provider, row, id),
      series: row.family,
      reasoning: reasoningOf(row),
      capabilities: capabilitiesOf(row),
      ...moneyOf(provider, row, id),
      metrics: limitsOf(row),
      modalities: row.modalities && { input: sorted(row.modalities.input), output: sorted(row.modalities.output) },
      openWeights: row.open_weights,
      knowledgeCutoff: dateOf(row.knowledge),
      releaseDate: dateOf(row.release_date),
      lastUpdated: dateOf(row.last_updated),
      status: row.status === 'alpha' || row.status === 'beta' ? 'preview' : row.status,
    },
  })
}

function sdkOf(provider: ServedProvider, row: ServedRow, model: string): Loose {
  const { npm, api, shape } = row.provider ?? {}
  return {
    model,
    npm: npm === provider.npm ? undefined : npm,
    baseUrl: api === provider.api ? undefined : api,
    shape,
    interleaved: row.interleaved === false ? undefined : row.interleaved,
  }
}

function reasoningOf(row: ServedRow): Loose {
  const options = row.reasoning_options ?? []
  const values = options.flatMap((option) => (option.type === 'effort' ? (option.values ?? []) : []))
  const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'].filter((name) => values.includes(name))
  const budget = options.find(({ type }) => type === 'budget_tokens')
  const natural = (value?: number) => (value !== undefined && value >= 0 ? value : undefined)
  return {
    efforts: efforts.length > 0 ? efforts : undefined,
    toggle: options.some(({ type }) => type === 'toggle') || undefined,
    budget: { min: natural(budget?.min), max: natural(budget?.max) },
  }
}

function capabilitiesOf(row: ServedRow): Loose {
  const { input, output } = row.modalities ?? {}
  return {
    text: output?.some((name) => name === 'text'),
    vision: input?.some((name) => name === 'image'),
    audio: input && output && [...input, ...output].some((name) => name === 'audio'),
    reasoning: row.reasoning,
    toolUse: row.tool_call,
    json: row.structured_output,
    temperature: row.temperature,
    attachment: row.attachment,
  }
}

function limitsOf(row: ServedRow): Loose {
  const { context = 0, input = 0, output = 0 } = row.limit ?? {}
  const within = (value: number) => (value === 0 || (context > 0 && value > context) ? undefined : value)
  return { contextWindow: context || undefined, maxInput: within(input), maxOutput: within(output) }
}

function moneyOf(provider: ServedProvider, row: ServedRow, id: string): Loose {
  const key = `${provider.id}/${id}`
  const { cost } = row
  const paid = cost !== undefined && (Number(cost.input) > 0 || Number(cost.output) > 0)
  if (paid) return { pricing: pricingOf(row) }
  const named = [...words(id), ...words(row.name)].includes('free')
  if (cost && (named || FREE_PROVIDERS.has(provider.id) || FREE_ROWS.has(key)))
    return { billing: 'free', pricing: pricingOf(row) }
  const plan = [...words(provider.id), ...words(provider.name)].includes('plan') || PLAN_PROVIDERS.has(provider.id)
  // Without a price of its own a row keeps those of its modes; at 0/0 nothing stands.
  return { billing: plan ? 'plan' : undefined, pricing: cost ? undefined : pricingOf(row) }
}

function pricingOf(row: ServedRow): Loose {
  const modes = typeof row.experimental === 'object' ? Object.entries(row.experimental.modes ?? {}) : []
  return {
    ...costOf(row.cost ?? {}),
    modes: Object.fromEntries(
      modes.map(([name, { cost, provider }]) => [
        name,
        { ...costOf(cost ?? {}), request: { body: provider?.body, headers: provider?.headers } },
      ]),
    ),
  }
}

function costOf(cost: ServedCost): Loose {
  const tiers = cost.tiers?.map((tier) => ({ above: tier.tier.size, ...pricesOf(tier) }))
  const long = cost.context_over_200k && [{ above: 200_000, ...pricesOf(cost.context_over_200k) }]
  return { ...pricesOf(cost), tiers: (tiers ?? long)?.toSorted((a, b) => a.above - b.above) }
}

function pricesOf(cost: ServedCost): Loose {
  const known = Object.entries(NAMES).filter(([name]) => {
    const unknown = cost[name] === 0 && Number(cost.input) > 0 && /reasoning|audio/.test(name)
    return cost[name] !== undefined && !unknown
  })
  return Object.fromEntries(known.map(([name, key]) => [key, cost[name]]))
}

/** A date that JavaScript's own calendar writes the same. */
function dateOf(value: unknown): unknown {
  if (typeof value !== 'string' || value.length === 4) return value
  const day = `${value}-01`.slice(0, 10)
  const time = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 10) === day ? value : undefined
}

function sorted(names: string[]): string[] {
  const order = 'text image audio video pdf'
  return names.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
}

/** Without unknown facts and empty objects. */
function prune(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const members = Object.entries(value).map(([key, member]) => [key, prune(member)])
  const known = members.filter(([, member]) => member !== undefined && JSON.stringify(member) !== '{}')
  return Object.fromEntries(known)
}
