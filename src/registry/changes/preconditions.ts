/**
 * Conditions under which an override may be changed, so that two operators do not overwrite each other's work
 * (RFC 9110, section 13.1). The entity tag of an override is the change that made it what it is.
 */

/** Entity tags as in the header, with their quotes; `*` matches any. */
export type EntityTags = '*' | string[]

export interface Preconditions {
  ifMatch?: EntityTags
  ifNoneMatch?: EntityTags
}

/** The strong entity tag of an override, by the id of its last change. */
export function etagOfOverride(id: number): string {
  return `"override-${id}"`
}

/** `etag` is `undefined` if there is no override. */
export function meetsPreconditions(etag: string | undefined, { ifMatch, ifNoneMatch }: Preconditions): boolean {
  const isListed = (tags: EntityTags) => etag !== undefined && (tags === '*' || tags.includes(etag))
  if (ifMatch !== undefined && !isListed(ifMatch)) return false
  return ifNoneMatch === undefined || !isListed(ifNoneMatch)
}
