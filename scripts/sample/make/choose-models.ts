/**
 * Selects the models of the sample from the recorded days: half are well known (listed for long, measured, at several hosts,
 * with price changes), and half are the newest.
 */
import { compareText } from '../../../src/core/json/canonical.ts'
import { createFamilies } from '../../../src/core/match/families.ts'
import type { ModelStatement } from '../../../src/core/statements/statement.ts'

const LABS = [
  'openai',
  'anthropic',
  'google',
  'xai',
  'deepseek',
  'mistral',
  'alibaba',
  'moonshotai',
  'zai',
  'minimax',
  'cohere',
  'llama',
  'perplexity',
  'xiaomi',
  'stepfun',
]
const HOSTS = [
  'amazon-bedrock',
  'azure',
  'google-vertex',
  'openrouter',
  'groq',
  'cerebras',
  'togetherai',
  'fireworks-ai',
  'deepinfra',
  'vercel',
  'baseten',
  'nebius',
]
const OF_A_LAB = 32
const OF_A_HOST = 16

/** The keys, "provider/value", of the selected models. `measured` are families that a board lists. */
export function chooseModels(days: readonly (readonly ModelStatement[])[], measured: ReadonlySet<string>): Set<string> {
  const candidates = candidatesOf(days)
  const chosen = LABS.flatMap((lab) =>
    best(
      candidates.filter(({ provider }) => provider === lab),
      OF_A_LAB,
      measured,
    ),
  )
  const families = new Set([...measured, ...chosen.map(({ family }) => family)])
  const labs = new Set(chosen.map(({ lab }) => lab))
  const hosted = HOSTS.flatMap((host) =>
    best(
      onePerFamily(candidates.filter(({ provider, lab }) => provider === host && labs.has(lab))),
      OF_A_HOST,
      families,
    ),
  )
  return new Set([...chosen, ...hosted].map(({ key }) => key))
}

export const keyOf = ({ provider, value }: Pick<ModelStatement, 'provider' | 'value'>): string => `${provider}/${value}`

interface Candidate {
  key: string
  provider: string
  family: string
  lab: string
  released: string
  /** As on each day on which it was listed. */
  prices: string[]
}

function candidatesOf(days: readonly (readonly ModelStatement[])[]): Candidate[] {
  const byKey = new Map<string, Candidate>()
  const providers = new Set([...LABS, ...HOSTS])
  for (const statements of days) {
    const familyOf = createFamilies(statements)
    for (const statement of statements.filter(({ provider }) => providers.has(provider))) {
      const key = keyOf(statement)
      const { family, lab = '' } = familyOf(statement)
      const { pricing, releaseDate: released = '' } = statement.facts
      const prices = [...(byKey.get(key)?.prices ?? []), JSON.stringify(pricing)]
      byKey.set(key, { key, provider: statement.provider, family, lab, released, prices })
    }
  }
  return [...byKey.values()]
}

/** The one listed for the longest time: hosts repeat a model by region and by alias. */
function onePerFamily(candidates: readonly Candidate[]): Candidate[] {
  const longest = candidates.toSorted((a, b) => b.prices.length - a.prices.length || newestFirst(a, b))
  return [...Map.groupBy(longest, ({ family }) => family).values()].flatMap((rows) => rows.slice(0, 1))
}

function best(all: readonly Candidate[], count: number, known: ReadonlySet<string>): Candidate[] {
  const pointsOf = ({ family, prices }: Candidate): number =>
    prices.length + 2 * new Set(prices).size + (known.has(family) ? 4 : 0)
  const candidates = all.toSorted(newestFirst)
  const wellKnown = candidates.toSorted((a, b) => pointsOf(b) - pointsOf(a)).slice(0, count / 2)
  return [...wellKnown, ...candidates.filter((candidate) => !wellKnown.includes(candidate))].slice(0, count)
}

const newestFirst = (a: Candidate, b: Candidate): number =>
  compareText(b.released, a.released) || compareText(a.key, b.key)
