/**
 * Removes the facts of a statement that a catalogue cannot use: a price of 0/0 unless the model is known to be free,
 * and limits that contradict the context window. Pure.
 */
import type { Metrics, Model } from '../schema/model.ts'
import type { Pricing } from '../schema/pricing.ts'
import type { ModelFacts, ModelStatement, Unread } from '../statements/statement.ts'
import type { SourceName } from '../vocabulary.ts'
import { type Limit, limitsAboveContext, withoutLimits } from './context-limits.ts'

/** How a row is billed, and those of its prices that are meaningful. */
export type BillingOf = (
  row: { provider: string; providerName: string; id: string; name: string },
  pricing: Pricing | undefined,
) => Pick<Model, 'billing' | 'pricing'>

export interface UnreadFact extends Unread {
  source: SourceName
}

export interface UsableSettings {
  billingOf: BillingOf
  providerNameOf: (provider: string) => string
  /** The version of the Intelligence Index, where a row does not state its own. */
  indexVersion?: number | undefined
}

/** The statement without unusable facts. Facts that contradict each other are added to `unread`. */
export function usableStatement(
  statement: ModelStatement,
  settings: UsableSettings,
  unread: UnreadFact[],
): ModelStatement {
  const { facts } = statement
  const metrics = facts.metrics && usableMetrics(statement, facts.metrics, settings.indexVersion, unread)
  const billed = isUnexplainedZero(facts) ? explainZero(statement, settings) : facts
  if (metrics === facts.metrics && billed === facts) return statement
  return { ...statement, facts: { ...billed, metrics } }
}

function isUnexplainedZero({ billing, pricing }: ModelFacts): boolean {
  return billing === undefined && pricing?.input === 0 && pricing.output === 0
}

function explainZero(statement: ModelStatement, { billingOf, providerNameOf }: UsableSettings): ModelFacts {
  const { provider, value, name, facts } = statement
  const row = { provider, providerName: providerNameOf(provider), id: value, name }
  return { ...facts, billing: undefined, pricing: undefined, ...billingOf(row, facts.pricing) }
}

function usableMetrics(
  statement: ModelStatement,
  metrics: Metrics,
  indexVersion: number | undefined,
  unread: UnreadFact[],
): Metrics {
  const wrong = limitsAboveContext(metrics)
  for (const limit of wrong) unread.push(unreadLimit(statement, metrics, limit))
  const consistent = wrong.length > 0 ? withoutLimits(metrics, wrong) : metrics
  const { intelligenceIndex, intelligenceIndexVersion = indexVersion } = consistent
  return intelligenceIndex === undefined ? consistent : { ...consistent, intelligenceIndexVersion }
}

function unreadLimit({ source, provider, value }: ModelStatement, metrics: Metrics, limit: Limit): UnreadFact {
  const example = `${provider}/${value}: ${metrics[limit]} is above the context window of ${metrics.contextWindow}`
  return { source, field: `metrics.${limit}`, count: 1, example }
}
