/** The parts of a version that a client reads, each proven by its digest, and the manifest that they make together. */
import { canonicalize, compareText } from '../../core/json/canonical.ts'
import type { PartDigests } from '../../core/manifest/version.ts'
import type { Manifest } from '../../core/schema/history.ts'
import type { Model, Provider } from '../../core/schema/model.ts'
import { areModels } from '../fetch/shapes.ts'
import { canHash, sha256 } from '../manifest/digest.ts'
import { freeze } from '../manifest/known-manifest.ts'

/** One provider's content. */
export interface Part {
  digest: string
  provider: Provider
  models: Model[]
}

/** The fields of a manifest besides its content. */
export type Head = Omit<Manifest, 'providers' | 'models'>

export interface KnownParts {
  /** Of these parts alone. */
  manifest: Manifest
  /** Of all providers of the version. */
  digests: PartDigests
  parts: readonly Part[]
  head: Head
  /** Of the commit that they were fetched for, unless that is of the past. */
  seq?: number | undefined
}

/** `undefined` if it is not the part of this provider, or does not match this digest. */
export async function partFrom(text: string, name: string, digest: string): Promise<Part | undefined> {
  if (canHash() && (await sha256(text)) !== digest) return undefined
  try {
    const { provider, models }: Partial<Part> = Object(JSON.parse(text))
    const isIts = provider?.value === name && areModels(models) && models.every((model) => model.provider === name)
    return isIts ? freeze({ digest, provider, models }) : undefined
  } catch {
    return undefined
  }
}

/** The text that the digest is of. */
export function textOfPart({ provider, models }: Omit<Part, 'digest'>): string {
  return canonicalize({ models, provider })
}

export function manifestOfParts(head: Head, parts: readonly Part[]): Manifest {
  const sorted = parts.toSorted((a, b) => compareText(a.provider.value, b.provider.value))
  const providers = sorted.map(({ provider }) => provider)
  return { ...head, providers, models: sorted.flatMap(({ models }) => models) }
}
