/** A trusted manifest: of the right shape, verified by its digest where possible, and frozen. */
import type { Manifest } from '../../core/schema/history.ts'
import { areModels, haveTexts, isVersionId } from '../fetch/shapes.ts'
import { canHash, isAsItSays } from './digest.ts'

export interface KnownManifest {
  manifest: Manifest
  /** Characters of its JSON. */
  length: number
  /** Of the commit that it was fetched for, unless that is of the past. */
  seq?: number | undefined
}

/** `undefined` unless it is a manifest that matches its etag. */
export async function knownManifest(json: unknown): Promise<KnownManifest | undefined> {
  try {
    if (!isManifest(json) || (canHash() && !(await isAsItSays(json)))) return undefined
    return { manifest: freeze(json), length: JSON.stringify(json).length }
  } catch {
    // Nested too deeply to be looked through.
    return undefined
  }
}

/** For KV, which only the registry writes, checking the shape is enough. */
export function manifestOf(json: unknown): Manifest | undefined {
  return isManifest(json) ? freeze(json) : undefined
}

/** A copy with new arrays, which the caller may change. */
export function copyOf(manifest: Manifest): Manifest {
  const { attribution, providers, models } = manifest
  return { ...manifest, attribution: [...attribution], providers: [...providers], models: [...models] }
}

/** What every read relies on; the digest proves the rest. */
export function isManifest(json: unknown): json is Manifest {
  const { attribution, providers, models }: Partial<Manifest> = Object(json)
  return (
    isVersionId(json) && haveTexts(attribution, ['name', 'url']) && haveTexts(providers, ['value']) && areModels(models)
  )
}

/** Every read returns the same objects: they are frozen, so that no caller changes them for others. */
export function freeze<T>(value: T): T {
  // Primitives are immutable.
  if (Object.isFrozen(value)) return value
  for (const member of Object.values(Object(value))) freeze(member)
  return Object.freeze(value)
}
