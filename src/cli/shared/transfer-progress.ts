/** Progress of a transfer whose end is not known: how much has come. A line that redraws itself, or one now and then in a log. */
import type { Output, Progress } from './terminal.ts'

const REDRAW_MS = 200
const LOG_MS = 10_000

/** Each step says all that has come so far; most are not shown. */
export function createTransferProgress(output: Output): Progress {
  let shownAt = performance.now()
  let newest = ''
  return {
    step(line) {
      newest = line
      if (performance.now() - shownAt < (output.isTTY ? REDRAW_MS : LOG_MS)) return
      shownAt = performance.now()
      output.write(output.isTTY ? `\r\x1b[2K${line}` : `${line}\n`)
    },
    end() {
      if (output.isTTY && newest !== '') output.write(`\r\x1b[2K${newest}\n`)
    },
  }
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
