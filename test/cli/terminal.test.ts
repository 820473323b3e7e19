import { describe, expect, it } from 'vitest'
import { createProgress, createTransferProgress } from '../../src/cli/shared/progress.ts'
import { paint } from '../../src/cli/shared/terminal.ts'

const CLEAR_LINE = '\r\x1b[2K'

/** Collects the output. */
function stream(terminal: { isTTY?: boolean; columns?: number; hasColors?: () => boolean } = {}) {
  const written: string[] = []
  return { ...terminal, written, write: (text: string) => written.push(text) }
}

describe('paint()', () => {
  it('colours text if the stream supports colours', () => {
    expect(paint('red', 'x', stream({ isTTY: true, hasColors: () => true }))).toBe('\x1b[31mx\x1b[39m')
  })

  it('does not change text in a log, or on a terminal without colours', () => {
    expect(paint('red', 'x', stream())).toBe('x')
    // Node.js reports this with NO_COLOR, or with TERM=dumb.
    expect(paint('red', 'x', stream({ isTTY: true, hasColors: () => false }))).toBe('x')
  })
})

describe('progress', () => {
  it('is one line, as wide as the terminal', () => {
    const terminal = stream({ isTTY: true, columns: 20 })
    const progress = createProgress(2, terminal)
    progress.step('the first of two')
    progress.step('b')
    progress.end()
    expect(terminal.written).toEqual([`${CLEAR_LINE}[######.......] 1/2`, `${CLEAR_LINE}[#############] 2/2`, '\n'])
    const wide = stream({ isTTY: true, columns: 80 })
    createProgress(1, wide).step('2026-10-01 committed')
    expect(wide.written).toEqual([`${CLEAR_LINE}[${'#'.repeat(40)}] 1/1 2026-10-01 committed`])
  })

  it('ends with its newest line if the total is unknown', () => {
    const terminal = stream({ isTTY: true })
    const progress = createTransferProgress(terminal)
    progress.step('1 MB')
    progress.step('2 MB')
    progress.end()
    expect(terminal.written).toEqual([`${CLEAR_LINE}2 MB\n`])
  })

  it('writes nothing into a log', () => {
    const log = stream()
    for (const progress of [createProgress(2, log), createTransferProgress(log)]) {
      progress.step('a')
      progress.end()
    }
    expect(log.written).toEqual([])
  })
})
