type Parameter = string | number | boolean | readonly string[] | undefined

/** The query of a URL, with its question mark; empty without parameters. A list repeats its name. */
export function queryOf(parameters: Record<string, Parameter>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters))
    for (const one of listOf(value)) query.append(name, String(one))
  const text = query.toString()
  return text && `?${text}`
}

/** What may be given once or as a list. */
export function listOf<T>(value: T | readonly T[] | undefined): T[] {
  return value === undefined ? [] : ([value].flat() as T[])
}
