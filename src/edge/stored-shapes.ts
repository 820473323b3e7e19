/**
 * Whether a value from KV, a cache or the object has the shape of a pointer or an index. Written by hand, because a fresh
 * isolate checks these before its first response, and evaluating the schemas would cost more than everything else. A test
 * compares both with the schemas.
 */
import type { ManifestIndex, Pointer, VersionId } from '../core/schema/history.ts'

const VERSION = /^v1\.[0-9a-f]{12}$/
const ETAG = /^"[0-9a-f]{32}"$/
const DIGEST = /^[0-9a-f]{64}$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Its etag also begins with its version. */
export function isPointer(value: unknown): value is Pointer {
  if (!isObject(value) || !isVersionId(value)) return false
  const { version, etag, seq, chain } = value as Partial<Pointer>
  return isCount(seq) && typeof chain === 'string' && etag?.slice(1).startsWith(version?.slice(3) ?? '"') === true
}

function isVersionId({ version, etag, generatedAt }: Partial<Record<keyof VersionId, unknown>>): boolean {
  return matches(VERSION, version) && matches(ETAG, etag) && matches(TIME, generatedAt)
}

export function isIndex(value: unknown): value is ManifestIndex {
  if (!isObject(value)) return false
  const { version, seq, sha256, parts } = value as Partial<ManifestIndex>
  if (!matches(VERSION, version) || !isCount(seq) || !matches(DIGEST, sha256) || !isObject(parts)) return false
  return Object.values(parts).every(isPart)
}

function isPart(value: unknown): boolean {
  if (!isObject(value)) return false
  const { digest, provider, models } = value as Partial<Record<string, unknown>>
  return typeof digest === 'string' && isRange(provider) && isRange(models)
}

function isRange(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(isCount)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function matches(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value)
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
