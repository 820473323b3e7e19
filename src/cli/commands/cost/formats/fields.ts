/** Values of a record, by name. CSV has strings only, and JSON may contain strings of JSON. */

export function objectOf(value: unknown): Record<string, unknown> {
  const parsed = typeof value === 'string' && value.startsWith('{') ? parsedOrUndefined(value) : value
  // Whatever it contains, each member is checked before it is used.
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** `undefined` unless it is a non-empty string. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Spreadsheets may write whole numbers as "10.0". */
const WHOLE = /^\d+(\.0+)?$/

/** A number in CSV as a number. Anything else is unchanged, for the caller to refuse. */
export function numberOf(value: unknown): unknown {
  if (value === '' || value === null) return undefined
  return typeof value === 'string' && WHOLE.test(value) ? Number(value) : value
}

/** As `numberOf`, but 0 if it is absent. */
export function countOf(value: unknown): number {
  const number = numberOf(value)
  return typeof number === 'number' ? number : 0
}

/** By its name, or by a path of names with dots between them. */
export function fieldAt(fields: Record<string, unknown>, path: string): unknown {
  if (Object.hasOwn(fields, path)) return fields[path]
  const dot = path.indexOf('.')
  return dot < 0 ? undefined : fieldAt(objectOf(fields[path.slice(0, dot)]), path.slice(dot + 1))
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
