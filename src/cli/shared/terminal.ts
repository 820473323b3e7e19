/** What the commands write to a terminal: colour where it is wanted, progress that never garbles a log file. */
import { styleText } from 'node:util'

type Style = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'
/** What a terminal or a log is written to; a log has neither of the first two. */
export type Output = Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>> & { write(text: string): unknown }

/** Coloured where the stream is a terminal and `NO_COLOR` is unset. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream })
}

export interface Progress {
  /** One step is done; `line` says which, for a log. */
  step(line: string): void
  end(): void
}

/** A bar that redraws itself on a terminal, a line for each step elsewhere. */
export function createProgress(total: number, output: Output): Progress {
  let done = 0
  return {
    step(line) {
      done++
      const text = output.isTTY ? `\r\x1b[2K${progressBar(done, total, output.columns)}` : `${done}/${total} ${line}\n`
      output.write(text)
    },
    end() {
      if (output.isTTY && done > 0) output.write('\n')
    },
  }
}

const MAX_BAR_WIDTH = 40
/** For a terminal that does not know its width, or says 0. */
const DEFAULT_COLUMNS = 80

export function progressBar(done: number, total: number, columns: number | undefined): string {
  const count = `${done}/${total}`
  const width = Math.max(0, Math.min(MAX_BAR_WIDTH, (columns || DEFAULT_COLUMNS) - count.length - 4))
  const filled = Math.floor((width * done) / Math.max(1, total))
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${count}`
}
