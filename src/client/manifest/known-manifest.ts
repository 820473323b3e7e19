/** A manifest that can be relied on: of the right shape, proven by its digest where that can be, and not to be changed. */
import type { Manifest, VersionId } from '../../core/schema/history.ts'
import { canHash, isAsItSays } from './digest.ts'

export interface KnownManifest {
  manifest: Manifest
  /** Characters of its JSON. */
  length: number
}

/** `undefined` for what is no manifest, or not the one that its etag says. */
export async function knownManifest(json: unknown): Promise<KnownManifest | undefined> {
  try {
    if (!isManifest(json) || (canHash() && !(await isAsItSays(json)))) return undefined
    return { manifest: freeze(json), length: JSON.stringify(json).length }
  } catch {
    // Nested too deeply to be looked through.
    return undefined
  }
}

/** Of KV, which the registry alone writes, the shape says enough. */
export function manifestOf(json: unknown): Manifest | undefined {
  return isManifest(json) ? freeze(json) : undefined
}

/** One with arrays of the caller's own, to sort and cut as it likes. */
export function copyOf(manifest: Manifest): Manifest {
  const { attribution, providers, models } = manifest
  return { ...manifest, attribution: [...attribution], providers: [...providers], models: [...models] }
}

export function idOf({ version, etag, generatedAt }: VersionId): VersionId {
  return { version, etag, generatedAt }
}

export function isVersionId(json: unknown): json is VersionId {
  return haveTexts([json], ['version', 'etag', 'generatedAt'])
}

/** What every read relies on; the digest proves the rest. */
function isManifest(json: unknown): json is Manifest {
  const { attribution, providers, models }: Partial<Manifest> = Object(json)
  return (
    isVersionId(json) &&
    haveTexts(attribution, ['name', 'url']) &&
    haveTexts(providers, ['value']) &&
    haveTexts(models, KEYS)
  )
}

const KEYS = ['provider', 'value', 'name', 'alias']

export function haveTexts(entities: unknown, keys: string[]): boolean {
  return Array.isArray(entities) && entities.every((entity) => keys.every((key) => typeof entity?.[key] === 'string'))
}

/** Every read gives the same objects: a caller that changed one would change them all. */
function freeze<T>(value: T): T {
  // As is whatever is no object.
  if (Object.isFrozen(value)) return value
  for (const member of Object.values(Object(value))) freeze(member)
  return Object.freeze(value)
}
