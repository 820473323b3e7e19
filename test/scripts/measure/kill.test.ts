import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { kill } from '../../../scripts/measure/kill.ts'
import { run } from '../../support/cli/run.ts'

describe('kill', () => {
  it.each([['--kills', '0'], ['--models', 'many'], ['--seed', '-1'], ['--speed', '1'], ['now']])(
    'refuses %s %s',
    async (...args) => {
      await expect(run(kill, args)).rejects.toThrow(/^Cannot (end|read)/)
    },
  )

  // The harness reads the memory of workerd from /proc.
  it.skipIf(!existsSync('/proc/self/stat'))(
    'kills a registry at random moments and on a full disk, and finds everything that was acknowledged',
    { timeout: 90_000 },
    async () => {
      const script = fileURLToPath(new URL('../../../scripts/registry.ts', import.meta.url))
      const args = ['measure', 'kill', '--kills', '4', '--models', '100']
      const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
      const ended = new Promise((resolve) => child.once('close', resolve))
      const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
      expect(await ended, output + complaints).toBe(0)
      expect(output).toMatch(/^4 kills: [1-9]\d* commits were acknowledged/m)
      expect(output).toMatch(/^Full disk: [1-9]\d* writes were refused/m)
    },
  )
})
