import { describe, expect, it } from 'vitest'
import { type ProcessRow, runnersAbove } from '../../src/cli/shared/runners.ts'

/** A chain of processes, parents first, with pids from 1 up. The last one is the script. */
function runnersOf(...commands: string[]): string[] {
  const rows: ProcessRow[] = commands.map((command, index) => ({ pid: index + 1, parent: index, command }))
  return runnersAbove(rows.length, rows).map((pid) => commands[pid - 1] ?? '')
}

describe('runnersAbove()', () => {
  it('finds npm and its shell', () => {
    expect(runnersOf('init', '-bash', 'npm start', 'sh -c node start.ts', 'node start.ts')).toEqual([
      'sh -c node start.ts',
      'npm start',
    ])
  })

  it('finds bun under npx', () => {
    expect(runnersOf('zsh', 'npm exec bun@1 start', `sh -c 'bun' start`, '/x/bun start', 'node start.ts')).toEqual([
      '/x/bun start',
      `sh -c 'bun' start`,
      'npm exec bun@1 start',
    ])
  })

  it('ignores the processes above them', () => {
    expect(runnersOf('npm test', 'sh -c x', 'python drive.py', 'npm start', 'node start.ts')).toEqual(['npm start'])
    expect(runnersOf('init', 'sh -c npm start', 'npm start', 'node start.ts')).toEqual(['npm start'])
    expect(runnersOf('init', 'sh -c node start.ts', 'node start.ts')).toEqual([])
  })

  it('returns none if processes cannot be listed', () => {
    expect(runnersAbove(7, [])).toEqual([])
  })
})
