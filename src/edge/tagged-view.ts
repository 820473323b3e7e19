/** A view with its ETag, computed once: when the view is made, not when it is served. */
import { etagOf } from '../core/manifest/version.ts'
import type { View } from '../views/view.ts'
import { sha256 } from './sha256.ts'

export interface TaggedView extends View {
  /** In double quotes. */
  etag: string
}

/** A view that has an ETag keeps it. */
export function tagView(view: View | TaggedView): TaggedView {
  return 'etag' in view ? view : { ...view, etag: etagOf(sha256(view.bytes)) }
}
