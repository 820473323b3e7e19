/** Runs `cost` in a process of its own, and reads from /proc what that takes while it runs. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { keepOutput } from '../../shared/child-output.ts'
import { PROJECT } from '../../shared/settings.ts'
import { cpuMicrosOf, memoryOf } from '../workerd/process-usage.ts'

export interface CommandCost {
  seconds: number
  cpuSeconds: number
  peakBytes: number
}

const SAMPLE_MS = 20

export async function runCost(file: string, receipts: string, url: string): Promise<CommandCost> {
  const script = fileURLToPath(new URL('scripts/registry.ts', PROJECT))
  const args = [script, 'cost', file, '--url', url, '--receipts', receipts, '--by', 'day,model', '--format', 'csv']
  const started = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = keepOutput([child.stdout, child.stderr], { last: 2000 })
  const cost = { seconds: 0, cpuSeconds: 0, peakBytes: 0 }
  const timer = setInterval(() => sample(child.pid, cost), SAMPLE_MS)
  const [code] = await once(child, 'close')
  clearInterval(timer)
  if (code !== 0) throw new CommandError(`Cannot price the rows: the command ended with ${code}:\n${output()}`)
  return { ...cost, seconds: (performance.now() - started) / 1000 }
}

/** The last sample stands for the whole: the kernel forgets a process that has ended, and its memory first. */
function sample(pid: number | undefined, cost: CommandCost): void {
  if (pid === undefined) return
  try {
    const { peakBytes } = memoryOf(pid)
    if (Number.isNaN(peakBytes)) return
    cost.peakBytes = peakBytes
    cost.cpuSeconds = cpuMicrosOf(pid) / 1e6
  } catch {
    // It ended between two reads of /proc.
  }
}
