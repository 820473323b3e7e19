/**
 * The processes that run a script for the user: npm, npx and bun, with the shells between. They do not always forward a
 * signal or end together, so the script has to find them.
 */
import { execFileSync } from 'node:child_process'

export interface ProcessRow {
  pid: number
  parent: number
  /** The command with its arguments. */
  command: string
}

const RUNNER = /^(\S*\/)?(npm|npx|bun|bunx|pnpm|yarn)( |$)/
const SHELL = /^(\S*\/)?(sh|bash|dash|zsh) -c /

/** From the nearest to the outermost runner. The processes above them, such as the user's shell, may exit at any time. */
export function runnersAbove(pid: number, processes: ProcessRow[]): number[] {
  const rows = new Map(processes.map((row) => [row.pid, row]))
  const above: ProcessRow[] = []
  let row = rows.get(rows.get(pid)?.parent ?? 0)
  while (row && (RUNNER.test(row.command) || SHELL.test(row.command))) {
    above.push(row)
    row = rows.get(row.parent)
  }
  const last = above.findLastIndex(({ command }) => RUNNER.test(command))
  return above.slice(0, last + 1).map((found) => found.pid)
}

/** Empty if there is no `ps`. */
export function listProcesses(): ProcessRow[] {
  try {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
    return lines.flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
      return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
    })
  } catch {
    return []
  }
}
