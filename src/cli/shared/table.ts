/** A table for the terminal: a title, a head, rows; the first column left, the others right. */
export function textTable(title: string, head: string[], rows: string[][]): string {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  const text = (cells: string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return [title, ...lines.map((cells) => `  ${text(cells).trimEnd()}`)].join('\n')
}

export const fixed = (value: number): string => value.toFixed(1)
export const megabytes = (bytes: number): string => fixed(bytes / 1e6)
