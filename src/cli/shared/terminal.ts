/** What commands write to: a terminal, which may have colours, or a log. */
import { styleText } from 'node:util'

type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** Colours a text where it will be seen in colour. */
export type Paint = (style: Style, text: string) => string

/** A log has neither of the first two. */
export type Output = Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>> & { write(text: string): unknown }

/** Coloured where the stream is a terminal and `NO_COLOR` is unset. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream })
}
