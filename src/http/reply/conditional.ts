/** Weak comparison of an `If-None-Match` header with a strong etag (RFC 9110, sections 8.8.3.2 and 13.1.2). */
export function isNotModified(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false
  if (ifNoneMatch.trim() === '*') return true
  // The registry's etags contain no comma and no space, so a search for the quoted tag cannot match part of another.
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag)
}
