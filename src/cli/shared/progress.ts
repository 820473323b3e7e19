/** Progress of long tasks: a line that is redrawn on a terminal. In a log there is none. */
import type { Output } from './terminal.ts'

export interface Progress {
  /** One step is done; `line` describes it. */
  step(line: string): void
  end(): void
}

const CLEAR_LINE = '\r\x1b[2K'

/** For a known number of steps: a bar, and the newest step. */
export function createProgress(total: number, output: Output): Progress {
  let done = 0
  return {
    step(line) {
      done++
      const text = `${progressBar(done, total, output.columns)} ${line}`
      // A line that the terminal wraps would not be cleared completely.
      if (output.isTTY) output.write(`${CLEAR_LINE}${text.slice(0, (output.columns || DEFAULT_COLUMNS) - 1)}`)
    },
    end() {
      if (output.isTTY && done > 0) output.write('\n')
    },
  }
}

const MAX_BAR_WIDTH = 40
/** For a terminal of unknown width, or of width 0. */
const DEFAULT_COLUMNS = 80

export function progressBar(done: number, total: number, columns: number | undefined): string {
  const count = `${done}/${total}`
  const width = Math.max(0, Math.min(MAX_BAR_WIDTH, (columns || DEFAULT_COLUMNS) - count.length - 4))
  const filled = Math.floor((width * done) / Math.max(1, total))
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${count}`
}

const REDRAW_MS = 200

/** For a transfer of unknown length. Each step describes everything so far, and most of them are not shown. */
export function createTransferProgress(output: Output): Progress {
  let shownAt = performance.now()
  let newest = ''
  return {
    step(line) {
      newest = line
      if (!output.isTTY || performance.now() - shownAt < REDRAW_MS) return
      shownAt = performance.now()
      output.write(`${CLEAR_LINE}${line}`)
    },
    end() {
      if (output.isTTY && newest !== '') output.write(`${CLEAR_LINE}${newest}\n`)
    },
  }
}

/** Ends the progress whether or not the work succeeds. */
export async function withProgress<T>(progress: Progress, work: (progress: Progress) => Promise<T>): Promise<T> {
  try {
    return await work(progress)
  } finally {
    progress.end()
  }
}
