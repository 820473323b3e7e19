/** The JSON list in what a wrangler command wrote. What it says beside it, such as that there is a newer one, stands before. */
export function parseListOutput(output: string): unknown {
  const start = output.search(/^\[/m)
  try {
    return start < 0 ? undefined : JSON.parse(output.slice(start))
  } catch {
    return undefined
  }
}
