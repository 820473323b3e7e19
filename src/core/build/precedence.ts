/**
 * Decides which source each fact is taken from. All prices come from the same source, and so do all limits: the first
 * one in the group's list that states any of them. Other facts are taken one by one. Pure.
 */
import type { FamilyReads } from '../family/family-facts.ts'
import type { Metrics } from '../schema/model.ts'
import type { Layer, ModelFacts, ModelStatement } from '../statements/statement.ts'
import type { Row } from './rows.ts'

/** What a model is built from: its row, and what that row takes from its family. */
export interface Entry {
  row: Row
  family: FamilyReads
}

export type Voice = 'listed' | 'measured' | 'head'
type Group = 'prices' | 'limits' | 'others'

/** Highest precedence first. */
const PRECEDENCE: Record<'model' | 'variant', Record<Group, readonly Voice[]>> = {
  /** A row that a source lists, whether or not it is also measured. */
  model: { prices: ['listed', 'measured'], limits: ['listed', 'measured'], others: ['listed', 'measured'] },
  /** A price of the head only fills a gap, and only where the base prices agree. */
  variant: { prices: ['measured', 'head'], limits: ['head', 'measured'], others: ['measured', 'head'] },
}

/** Highest precedence first, for the fact at a path. */
export function voicesOn(path: string, { row }: Entry): readonly Voice[] {
  return PRECEDENCE[row.listed ? 'model' : 'variant'][groupOf(path)]
}

/** The facts that a model may be made of, by who states them. */
export function voicesOf({ row: { listed, measured }, family: { head } }: Entry): Partial<Record<Voice, Layer>> {
  return {
    ...(listed && { listed: layerOf(listed) }),
    ...(measured && { measured: layerOf(measured) }),
    ...(!listed && head && { head: { source: head.source, facts: fillInsOf(head.facts) } }),
  }
}

/** The facts that a model is made of, the strongest layer first. */
export function layersOf(entry: Entry): Layer[] {
  const { listed, measured } = entry.row
  // True of most rows: only the provider's list states facts.
  if (listed && !measured) return [layerOf(listed), ...entry.family.scores]
  const voices = voicesOf(entry)
  const prices = voicesOn('pricing', entry).find((voice) => statesPrices(voices[voice]?.facts))
  const limits = voicesOn('metrics.contextWindow', entry).find((voice) => statesLimits(voices[voice]?.facts))
  const layers = voicesOn('name', entry).flatMap((voice): Layer[] => {
    const layer = voices[voice]
    if (!layer) return []
    const withPrices = voice === 'head' ? haveSameBase(voices) : voice === prices
    return [{ source: layer.source, facts: withGroups(layer.facts, withPrices, voice === limits) }]
  })
  return [...layers, ...entry.family.scores]
}

/** Merges the facts of several layers: a weaker layer fills in what the stronger ones lack. */
export function mergeLayers(layers: readonly Layer[]): ModelFacts {
  const [strongest, ...weaker] = layers.map(({ facts }) => facts)
  return weaker.reduce<ModelFacts>((merged, facts) => fillIn(merged, facts), strongest ?? {})
}

const LIMITS = ['contextWindow', 'maxInput', 'maxOutput'] as const
const LIMIT_PATHS: ReadonlySet<string> = new Set(LIMITS.map((limit) => `metrics.${limit}`))

function groupOf(path: string): Group {
  if (LIMIT_PATHS.has(path)) return 'limits'
  return path === 'billing' || path === 'pricing' || path.startsWith('pricing.') ? 'prices' : 'others'
}

const layerOf = ({ source, facts }: ModelStatement): Layer => ({ source, facts })

/** The facts of the head that also hold for its variants. Dates, status and scores belong to each row alone. */
function fillInsOf(facts: ModelFacts): ModelFacts {
  const { type, sdk, reasoning, capabilities, modalities, knowledgeCutoff, openWeights, pricing, metrics } = facts
  const limits = metrics && limitsOf(metrics)
  return { type, sdk, reasoning, capabilities, modalities, knowledgeCutoff, openWeights, pricing, metrics: limits }
}

function limitsOf({ contextWindow, maxInput, maxOutput }: Metrics): Metrics {
  return { contextWindow, maxInput, maxOutput }
}

function statesPrices({ billing, pricing }: ModelFacts = {}): boolean {
  return billing !== undefined || (pricing !== undefined && Object.values(pricing).some((price) => price !== undefined))
}

function statesLimits({ metrics }: ModelFacts = {}): boolean {
  return metrics !== undefined && LIMITS.some((limit) => metrics[limit] !== undefined)
}

function haveSameBase({ measured, head }: Partial<Record<Voice, Layer>>): boolean {
  const [a, b] = [measured?.facts.pricing, head?.facts.pricing]
  return isClose(a?.input, b?.input) && isClose(a?.output, b?.output)
}

const SAME_PRICE = 0.01

function isClose(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) <= SAME_PRICE * Math.max(a, b)
}

function withGroups(facts: ModelFacts, withPrices: boolean, withLimits: boolean): ModelFacts {
  const { pricing, billing, ...others } = facts
  const kept = withPrices ? facts : others
  if (withLimits || !statesLimits(facts)) return kept
  return { ...kept, metrics: { ...kept.metrics, contextWindow: undefined, maxInput: undefined, maxOutput: undefined } }
}

/** Objects that contain several facts. Any other value is one fact. */
const MEMBERWISE: ReadonlySet<string> = new Set<keyof ModelFacts>(['capabilities', 'metrics', 'pricing'])

function fillIn<T extends object>(stronger: T, weaker: T): T {
  const merged = new Map<string, unknown>(Object.entries(weaker))
  for (const [key, fact] of Object.entries(stronger)) {
    const other = merged.get(key)
    if (MEMBERWISE.has(key) && isObject(fact) && isObject(other)) merged.set(key, fillIn(fact, other))
    else if (fact !== undefined) merged.set(key, fact)
  }
  return Object.fromEntries(merged) as T // each key holds what one of the two holds under it
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
