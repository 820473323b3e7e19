/**
 * Statements with defaults, and simple substitutes for the matcher, so that a test of the build names only its facts.
 */
import type { TypeOf } from '../../../src/core/build/build-model.ts'
import { type BuildInput, buildParts, type Part, planParts } from '../../../src/core/build/build-parts.ts'
import type { Entry } from '../../../src/core/build/precedence.ts'
import type { FamilyOf } from '../../../src/core/build/rows.ts'
import type { BillingOf } from '../../../src/core/build/usable-statement.ts'
import type { HeadOf } from '../../../src/core/family/family-facts.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import { DEFAULT_IQ_THRESHOLDS } from '../../../src/core/score.ts'
import type { ModelFacts, ModelStatement } from '../../../src/core/statements/statement.ts'
import { variantOf } from '../../../src/core/statements/variant.ts'

interface Named {
  provider?: string
  name?: string
  canonicalId?: string
}

/** A row of models.dev. */
export function listed(value: string, facts: ModelFacts = {}, named: Named = {}): ModelStatement {
  const { provider = 'acme', name = value } = named
  return { source: 'models.dev', id: `models.dev:${provider}/${value}`, provider, value, ...named, name, facts }
}

/** A row of Artificial Analysis, whose name states its effort. */
export function measured(slug: string, facts: ModelFacts = {}, named: Named = {}): ModelStatement {
  const { provider = 'acme', name = slug } = named
  const { value, effort } = variantOf(slug, name)
  return { source: 'artificial-analysis', id: `aa-${slug}`, provider, value, name, variant: { effort }, facts }
}

/** Labs and their own providers, in order. */
const OWN: Record<string, string[]> = { acme: ['acme', 'acme-cn'], globex: ['globex'] }
const SUFFIXES = /(?:-latest|-(?:none|minimal|low|medium|high|xhigh|max|non-reasoning))$/
const DATE = /[-@]\d{4}-?\d{2}-?\d{2}/

/** The family by the last segment of the id, without the parts that a family leaves out. */
export const familyOf: FamilyOf = ({ provider, value, canonicalId }) => {
  const last = (canonicalId ?? value).split('/').at(-1) ?? value
  const lab = canonicalId?.split('/')[0] ?? Object.keys(OWN).find((name) => OWN[name]?.includes(provider))
  const family = `${lab ?? provider}/${last.replace(DATE, '').replace(SUFFIXES, '')}`
  return { family, ...(lab && { lab }), ...(lab && OWN[lab]?.includes(provider) && { firstParty: true as const }) }
}

/** The one named like its family, else the newest, else the first. */
export const headOf: HeadOf = (family, candidates) => {
  const newest = candidates.toSorted((a, b) => (b.releaseDate ?? '').localeCompare(a.releaseDate ?? ''))
  return candidates.find(({ value }) => family.endsWith(`/${value}`)) ?? newest[0]
}

const billingOf: BillingOf = ({ provider, id, name }, pricing) => {
  if (/free/i.test(`${id} ${name}`)) return { billing: 'free', pricing }
  return provider.includes('plan') ? { billing: 'plan' } : {}
}

export const typeOf: TypeOf = ({ id }) => (id.includes('embed') ? 'embedding' : 'chat')

export function buildInput(models: ModelStatement[], more: Partial<BuildInput> = {}): BuildInput {
  return {
    providers: [],
    models,
    ...{ familyOf, headOf, billingOf, typeOf },
    ownProvidersOf: (lab) => OWN[lab] ?? [],
    scale: { basis: 'artificial-analysis', thresholds: DEFAULT_IQ_THRESHOLDS },
    ...more,
  }
}

export function partsOf(models: ModelStatement[], more: Partial<BuildInput> = {}): Map<string, Part> {
  const built = buildParts(buildInput(models, more))
  if (!built.ok) throw new Error(built.failure.detail)
  return built.value
}

/** Every model by "provider/value". */
export function modelsOf(models: ModelStatement[], more: Partial<BuildInput> = {}): Record<string, Model> {
  const all = [...partsOf(models, more).values()].flatMap((part) => part.models)
  return Object.fromEntries(all.map((model) => [`${model.provider}/${model.value}`, model]))
}

export function entriesOf(models: ModelStatement[], more: Partial<BuildInput> = {}): Entry[] {
  const plan = planParts(buildInput(models, more))
  if (!plan.ok) throw new Error(plan.failure.detail)
  return [...plan.value.parts.values()].flatMap(({ entries }) => entries)
}
