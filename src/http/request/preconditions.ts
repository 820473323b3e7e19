/** Reads `If-Match` and `If-None-Match` (RFC 9110, sections 13.1.1 and 13.1.2). */
import type { EntityTags, Preconditions } from '../../registry/changes/preconditions.ts'

export function readPreconditions(headers: Headers): Preconditions {
  const ifMatch = entityTagsOf(headers.get('if-match'))
  const ifNoneMatch = entityTagsOf(headers.get('if-none-match'))
  return { ...(ifMatch && { ifMatch }), ...(ifNoneMatch && { ifNoneMatch }) }
}

function entityTagsOf(header: string | null): EntityTags | undefined {
  if (header === null) return undefined
  // An etag of ours holds no comma, so one of another that does is cut into pieces that match none of ours. A proxy that
  // compresses an answer weakens its tag, which still names the change that the override is of.
  return header.trim() === '*' ? '*' : header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
}
