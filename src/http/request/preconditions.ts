/** Reads `If-Match` and `If-None-Match` (RFC 9110, sections 13.1.1 and 13.1.2). */
import type { EntityTags, Preconditions } from '../../registry/changes/preconditions.ts'

export function readPreconditions(headers: Headers): Preconditions {
  const ifMatch = entityTagsOf(headers.get('if-match'))
  const ifNoneMatch = entityTagsOf(headers.get('if-none-match'))
  return { ...(ifMatch && { ifMatch }), ...(ifNoneMatch && { ifNoneMatch }) }
}

function entityTagsOf(header: string | null): EntityTags | undefined {
  if (header === null) return undefined
  // The registry's etags contain no comma, so a foreign one that does is split into pieces that match none. A proxy that
  // compresses a response weakens its tag, which still identifies the change.
  return header.trim() === '*' ? '*' : header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
}
