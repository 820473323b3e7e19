/** The package as npm would publish it, of what is in `dist/` now. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { CommandError } from '../../src/cli/shared/command.ts'
import { PROJECT } from '../shared/settings.ts'

const Report = z.array(z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })).length(1)

export interface Packed {
  /** Paths in the package. */
  files: string[]
  tarball: Buffer<ArrayBuffer>
}

export function packProject(): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'llm-pack-'))
  try {
    const command = `npm pack --json --ignore-scripts --pack-destination "${folder}"`
    // A shell finds npm under the name it has on Windows.
    const { stdout, stderr, status } = spawnSync(command, { cwd: PROJECT, encoding: 'utf8', shell: true })
    if (status !== 0) throw new CommandError(`Cannot pack the project:\n${stderr}`)
    const [report] = Report.parse(JSON.parse(stdout))
    const files = report?.files.map(({ path }) => path) ?? []
    return { files, tarball: Buffer.from(readFileSync(join(folder, report?.filename ?? ''))) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
