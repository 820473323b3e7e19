/** Progress of what takes long: a line that redraws itself on a terminal, and lines that never garble a log file. */
import type { Output } from './terminal.ts'

export interface Progress {
  /** One step is done; `line` describes it. */
  step(line: string): void
  end(): void
}

const CLEAR_LINE = '\r\x1b[2K'

/** Of a known number of steps: a bar, or a line for each step. */
export function createProgress(total: number, output: Output): Progress {
  let done = 0
  return {
    step(line) {
      done++
      const bar = `${CLEAR_LINE}${progressBar(done, total, output.columns)}`
      output.write(output.isTTY ? bar : `${done}/${total} ${line}\n`)
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

const REDRAW_MS = 200
const LOG_MS = 10_000

/** Of a transfer whose end is unknown. Each step describes everything so far, and most of them are not shown. */
export function createTransferProgress(output: Output): Progress {
  let shownAt = performance.now()
  let newest = ''
  return {
    step(line) {
      newest = line
      if (performance.now() - shownAt < (output.isTTY ? REDRAW_MS : LOG_MS)) return
      shownAt = performance.now()
      output.write(output.isTTY ? `${CLEAR_LINE}${line}` : `${line}\n`)
    },
    end() {
      if (output.isTTY && newest !== '') output.write(`${CLEAR_LINE}${newest}\n`)
    },
  }
}

/** Ends the progress whatever becomes of the work. */
export async function withProgress<T>(progress: Progress, work: (progress: Progress) => Promise<T>): Promise<T> {
  try {
    return await work(progress)
  } finally {
    progress.end()
  }
}
