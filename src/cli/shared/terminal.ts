/** What commands write to: a terminal, which may have colours, or a log. */

/** The codes that turn them on and off (ECMA-48, 8.3.117). */
const STYLES = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
} as const

type Style = keyof typeof STYLES

/** Colours a text if the output shows colours. */
export type Paint = (style: Style, text: string) => string

/** A log has only `write`. */
export type Output = Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'hasColors'>> & {
  write(text: string): unknown
}

/** Coloured if the stream is a terminal with colours and `NO_COLOR` is unset. */
export function paint(style: Style, text: string, stream: Output = process.stdout): string {
  return stream.hasColors?.() ? styled(style, text) : text
}

export function styled(style: Style, text: string): string {
  const [on, off] = STYLES[style]
  return `\x1b[${on}m${text}\x1b[${off}m`
}
