/** What a process has used, from Linux's /proc. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { CommandError } from '../../../src/cli/shared/command.ts'

/** /proc/<pid>/stat has times in ticks of 1/100 s. */
const TICK_MICROS = 10_000

export function requireProcessUsage(): void {
  if (!existsSync('/proc/self/stat'))
    throw new CommandError('Cannot measure: CPU time is read from /proc, which only Linux has')
}

/** CPU time of all its threads, in user and system mode. */
export function cpuMicrosOf(pid: number): number {
  return existsSync(`/proc/${pid}/schedstat`) ? threadMicrosOf(pid) : tickMicrosOf(pid)
}

/** In nanoseconds, but only for running threads: workerd ends no thread before it exits. */
function threadMicrosOf(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  const nanoseconds = threads.map((thread) => {
    const [running] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')
    return Number(running)
  })
  return nanoseconds.reduce((sum, time) => sum + time, 0) / 1000
}

/** If the kernel was built without schedstat. */
function tickMicrosOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name of the command may hold anything, also spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROS
}

export interface MemoryUsage {
  residentBytes: number
  /** The most since the start, or since `resetPeakMemory`. */
  peakBytes: number
}

export function memoryOf(pid: number): MemoryUsage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024
  return { residentBytes: bytes('VmRSS'), peakBytes: bytes('VmHWM') }
}

export function resetPeakMemory(pid: number): void {
  // proc(5): writing 5 resets the peak to what is resident now.
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}
