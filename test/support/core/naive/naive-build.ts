/** One model by the contract, derived from all statements together, fact by fact and without layers. */

import type { Metrics, Model } from '../../../../src/core/schema/model.ts'
import type { Pricing } from '../../../../src/core/schema/pricing.ts'
import type { ModelFacts, ModelStatement } from '../../../../src/core/statements/statement.ts'
import { familyOf, headOf } from '../statements.ts'

const OWN = ['acme', 'acme-cn']
const STEPS = [25, 35, 45, 55, 65]

export type NaiveFacts = Pick<Model, 'id' | 'iq' | 'openWeights' | 'releaseDate' | 'effort'> & {
  base?: Pick<Pricing, 'input' | 'output' | 'cacheRead'>
  limits?: Pick<Metrics, 'contextWindow' | 'maxInput' | 'maxOutput'>
  index?: number
}

/** Scores on the basis of Artificial Analysis, without boards. */
export function naiveFacts(all: ModelStatement[], provider: string, value: string): NaiveFacts {
  const ofKey = all.filter((row) => row.provider === provider && row.value === value)
  const aa = ofKey.find(({ source }) => source === 'artificial-analysis')
  const dev = ofKey.find(({ source }) => source === 'models.dev')
  const row = dev ?? aa
  if (!row) throw new Error(`No row of "${provider}/${value}"`)
  const identity = familyOf(row)
  const kin = all.filter((other) => familyOf(keyHolder(all, other)).family === identity.family)
  const head = dev ? undefined : headOfKin(kin)
  const own = aa && isMeasured(aa.facts) ? aa.facts.metrics?.intelligenceIndex : undefined
  const best = Math.max(...kin.map(({ facts }) => facts.metrics?.intelligenceIndex ?? -1))
  const familyIndex = best < 0 ? undefined : best
  const isUnmeasured = dev !== undefined && !(aa && isMeasured(aa.facts))
  const index = own ?? (identity.firstParty && isUnmeasured ? familyIndex : undefined)
  const scored = dev && !identity.firstParty ? (index ?? familyIndex) : index
  return {
    id: aa?.id ?? row.id,
    ...(scored !== undefined && { iq: STEPS.filter((step) => scored >= step).length }),
    ...(index !== undefined && { index }),
    ...given('effort', dev ? undefined : aa?.variant?.effort),
    ...given('releaseDate', dev?.facts.releaseDate ?? aa?.facts.releaseDate),
    ...given('openWeights', dev?.facts.openWeights ?? aa?.facts.openWeights ?? head?.facts.openWeights),
    ...given('base', dev ? (pricesOf(dev) ?? (aa && pricesOf(aa))) : variantPrices(aa, head)),
    ...given('limits', [dev, head, aa].map((one) => one && limitsOf(one.facts.metrics)).find(Boolean)),
  }
}

/** A joined row has the family of the listed one. */
function keyHolder(all: ModelStatement[], row: ModelStatement): ModelStatement {
  const isListed = (other: ModelStatement) => other.source === 'models.dev'
  return all.find((one) => isListed(one) && one.provider === row.provider && one.value === row.value) ?? row
}

function headOfKin(kin: ModelStatement[]): ModelStatement | undefined {
  const rows = kin.filter(({ source }) => source === 'models.dev').sort((a, b) => (a.value < b.value ? -1 : 1))
  const provider = OWN.find((name) => rows.some((row) => row.provider === name))
  const candidates = rows.filter((row) => row.provider === provider)
  const [first] = candidates
  const found =
    first &&
    headOf(
      familyOf(first).family,
      candidates.map((row) => ({ ...row, releaseDate: row.facts.releaseDate, row })),
    )
  return found?.row
}

function isMeasured({ metrics = {} }: ModelFacts): boolean {
  return [metrics.intelligenceIndex, metrics.codingIndex, metrics.outputTokensPerSecond].some(
    (one) => one !== undefined,
  )
}

function pricesOf({ value, name, facts }: ModelStatement): NaiveFacts['base'] {
  const { input, output, cacheRead, tiers } = facts.pricing ?? {}
  const isUnknown = input === 0 && output === 0 && !`${value} ${name}`.includes('free')
  const prices = { ...given('input', input), ...given('output', output), ...given('cacheRead', cacheRead) }
  return isUnknown || (Object.keys(prices).length === 0 && !tiers) ? undefined : prices
}

function variantPrices(aa: ModelStatement | undefined, head: ModelStatement | undefined): NaiveFacts['base'] {
  const own = aa && pricesOf(aa)
  const others = head && pricesOf(head)
  const agree = (a?: number, b?: number) =>
    a !== undefined && b !== undefined && Math.abs(a - b) <= Math.max(a, b) / 100
  const isSame = agree(own?.input, others?.input) && agree(own?.output, others?.output)
  return isSame ? { ...others, ...own } : own
}

function limitsOf({ contextWindow, maxInput, maxOutput }: Metrics = {}): NaiveFacts['limits'] {
  const fits = (limit?: number) => (limit !== undefined && limit <= (contextWindow ?? limit) ? limit : undefined)
  const limits = {
    ...given('contextWindow', contextWindow),
    ...given('maxInput', fits(maxInput)),
    ...given('maxOutput', fits(maxOutput)),
  }
  return Object.keys(limits).length === 0 ? undefined : limits
}

function given<Key extends string, Fact>(key: Key, fact: Fact | undefined): { [key in Key]?: Fact } {
  return fact === undefined ? {} : ({ [key]: fact } as { [key in Key]?: Fact })
}
