/** Splits a catalogue into parts, and computes its root. Pure; the hash function is an argument. */
import { canonicalize } from '../json/canonical.ts'
import type { Catalogue, Model, Provider } from '../schema/model.ts'
import { type PartBody, partText, rootText, type Sha256 } from './version.ts'

/** Models whose provider is not in the catalogue are left out. */
export function partsOf({ providers, models }: Catalogue): PartBody[] {
  const byProvider = new Map<string, Model[]>(providers.map(({ value }) => [value, []]))
  for (const model of models) byProvider.get(model.provider)?.push(model)
  return providers.map((provider) => bodyOfPart(provider, byProvider.get(provider.value) ?? []))
}

export function bodyOfPart(provider: Provider, models: readonly Model[]): PartBody {
  return {
    value: provider.value,
    provider: canonicalize(provider),
    models: models.map((model) => ({ value: model.value, body: canonicalize(model) })),
  }
}

export function rootOf(parts: readonly PartBody[], sha256: Sha256): string {
  return sha256(rootText(Object.fromEntries(parts.map((part) => [part.value, sha256(partText(part))]))))
}
