/**
 * A view is a pure function from a version or a diff to a response body: bytes and their content type. Views do not
 * depend on requests, storage or caches, so that every kind of response is cached, compared and served in the same way.
 */

export interface View {
  bytes: Uint8Array
  /** Includes the charset if the type has no default. */
  contentType: string
  /** If the view is a page of a list, the number of entries before paging. */
  total?: number
}

/** UTF-8 text of any type. */
export function textView(text: string, contentType: string, total?: number): View {
  const view = { bytes: new TextEncoder().encode(text), contentType }
  return total === undefined ? view : { ...view, total }
}
