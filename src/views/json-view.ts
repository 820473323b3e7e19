/** JSON views of a value, of a list whose entries occur in many lists, and of bytes that are JSON already. */
import { textView, type View } from './view.ts'

const JSON_TYPE = 'application/json'

export function jsonView(json: unknown): View {
  return textView(JSON.stringify(json), JSON_TYPE)
}

/** A list of entities from one version. */
export function jsonListView(entries: readonly object[], total?: number): View {
  return textView(`[${entries.map(entryText).join(',')}]`, JSON_TYPE, total)
}

/** Bytes that are JSON, such as a stored manifest. */
export function storedJsonView(bytes: Uint8Array): View {
  return { bytes, contentType: JSON_TYPE }
}

/** Memoized, because most entries occur again in other lists of the same version. Garbage-collected with the entry. */
const entryTexts = new WeakMap<object, string>()

function entryText(entry: object): string {
  const text = entryTexts.get(entry) ?? JSON.stringify(entry)
  entryTexts.set(entry, text)
  return text
}
