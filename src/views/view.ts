/**
 * A view is a pure function from a version or a diff to an answer: bytes and what they are. Views know nothing of
 * requests, storage or caches, so that every kind of answer is cached, compared and served in the same way.
 */

export interface View {
  bytes: Uint8Array
  /** With its charset, where the type has no default. */
  contentType: string
  /** How many entries there are before paging, where the view is a page of a list. */
  total?: number
}

/** UTF-8 text of any type. */
export function textView(text: string, contentType: string, total?: number): View {
  const view = { bytes: new TextEncoder().encode(text), contentType }
  return total === undefined ? view : { ...view, total }
}
