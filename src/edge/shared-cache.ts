/**
 * Views in the Cache API of a data centre, keyed by scope (content, or a commit and its history), path and normalised
 * query: immutable, so never purged. A cache that never matches or always fails costs time, never a wrong answer.
 */
import { bodyOf } from './body-of.ts'
import { type TaggedView, tagView } from './tagged-view.ts'
import type { Tiers } from './tiers.ts'

/** Raised when the rendering of a path and query changes. */
const BODY_FORMAT = 1
const ORIGIN = 'https://bodies.llm-registry.invalid'
const YEAR_SECONDS = 31_536_000

export async function getShared({ cache }: Tiers, scope: string, key: string): Promise<TaggedView | undefined> {
  if (!cache) return undefined
  try {
    const response = await cache.match(urlOf(scope, key))
    const contentType = response?.headers.get('content-type')
    if (!response?.ok || !contentType) return undefined
    const total = response.headers.get('x-total-count')
    const bytes = new Uint8Array(await response.arrayBuffer())
    const view = total === null ? { bytes, contentType } : { bytes, contentType, total: Number(total) }
    const etag = response.headers.get('etag')
    return etag === null ? tagView(view) : { ...view, etag }
  } catch {
    return undefined
  }
}

export function putShared(
  { cache, defer }: Tiers,
  scope: string,
  key: string,
  { bytes, contentType, total, etag }: TaggedView,
): void {
  if (!cache) return
  const headers = new Headers({
    etag,
    'content-type': contentType,
    'cache-control': `public, max-age=${YEAR_SECONDS}, immutable`,
  })
  if (total !== undefined) headers.set('x-total-count', String(total))
  defer(cache.put(urlOf(scope, key), new Response(bodyOf(bytes), { headers })).catch(() => undefined))
}

/** Throws if reads or writes fail. */
export async function probeShared({ cache }: Tiers): Promise<void> {
  await cache?.match(urlOf('probe', 'probe'))
}

const urlOf = (scope: string, key: string): string => `${ORIGIN}/${BODY_FORMAT}/${scope}/${encodeURIComponent(key)}`
