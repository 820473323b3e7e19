/** Tables and figures for a terminal. */

/** A title, a head and rows; the first column is aligned left, the others right. */
export function textTable(title: string, head: string[], rows: string[][]): string {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  const text = (cells: string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return [title, ...lines.map((cells) => `  ${text(cells).trimEnd()}`)].join('\n')
}

/** A line for each label and its value. */
export function labelledLines(rows: readonly (readonly [label: string, value: string])[]): string[] {
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`)
}

export const fixed = (value: number): string => value.toFixed(1)
/** In MB, without the unit. */
export const megabytes = (bytes: number): string => fixed(bytes / 1e6)

/** The value that a share of the values, from 0 to 1, does not exceed. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
}

export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5)
