/**
 * Looks up which lab a provider belongs to, and which lab an id names, in the reviewed data of this folder. A text that
 * is not in the data names no lab. Pure.
 */
import { LABS, OWN_PROVIDERS } from './lab-data.ts'

const entries = Object.entries(LABS)

const labByProvider = new Map(
  Object.entries(OWN_PROVIDERS).flatMap(([lab, providers]) => providers.map((name) => [name, lab])),
)
const labByPrefix = new Map(
  entries.flatMap(([lab, { prefixes = [] }]) => [lab, ...prefixes].map((name) => [name, lab])),
)
const labBySeries = new Map(entries.flatMap(([lab, { series = [] }]) => series.map((name) => [name, lab])))

/** The values of the lab's own providers, in order of precedence. */
export function ownProvidersOf(lab: string): readonly string[] {
  return OWN_PROVIDERS[lab] ?? []
}

/** The lab whose own API the provider is. */
export function labOfProvider(provider: string): string | undefined {
  return labByProvider.get(provider)
}

/** The lab that a part of an id names: "meta-llama", "hf:zai-org", "~openai". */
export function labOfPrefix(part: string): string | undefined {
  return labByPrefix.get(part.toLowerCase().replace(/^(?:~|hf:)/, ''))
}

/** The lab whose series a model's name or id begins with: "glm-5.2", "Qwen3 32B". */
export function labOfSeries(name: string): string | undefined {
  const [word = ''] = name.toLowerCase().split(/[^a-z0-9]/, 1)
  return labBySeries.get(word) ?? labBySeries.get(word.replace(/\d{1,3}$/, ''))
}
