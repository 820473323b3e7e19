/**
 * The package as published on npm, built from the current `dist/`. The project's own package.json is private: its
 * dependencies are those of the service, and the published package has none.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { CommandError } from '../../src/cli/shared/command.ts'
import { PROJECT } from '../shared/settings.ts'

const Report = z.tuple([z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })])
const Manifest = z.looseObject({ files: z.array(z.string()) })

/** The fields of package.json that are published. */
const PUBLISHED_FIELDS = [
  'name',
  'version',
  'description',
  'license',
  'repository',
  'type',
  'engines',
  'files',
  'sideEffects',
  'bin',
  'exports',
  'browser',
  'publishConfig',
]

export interface Packed {
  /** Paths in the package. */
  files: string[]
  /** The path of the tarball. */
  path: string
}

/** Writes the tarball into a folder. */
export function packProject(destination: string): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'llm-package-'))
  try {
    copyPackage(folder)
    const [{ filename, files }] = runPack(folder, destination)
    return { files: files.map(({ path }) => path), path: join(destination, filename) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes the published package.json and the files that it lists to a folder. */
function copyPackage(folder: string): void {
  const manifest = Manifest.parse(JSON.parse(readFileSync(new URL('package.json', PROJECT), 'utf8')))
  const published = Object.entries(manifest).filter(([field]) => PUBLISHED_FIELDS.includes(field))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(Object.fromEntries(published), null, 2)}\n`)
  for (const file of [...manifest.files, 'README.md', 'LICENSE'])
    cpSync(fileURLToPath(new URL(file, PROJECT)), join(folder, file), { recursive: true })
}

function runPack(folder: string, destination: string): z.infer<typeof Report> {
  const command = `npm pack --json --ignore-scripts --pack-destination "${destination}"`
  // A shell is needed to find npm on Windows.
  const { stdout, stderr, status } = spawnSync(command, { cwd: folder, encoding: 'utf8', shell: true })
  if (status !== 0) throw new CommandError(`Cannot pack the project:\n${stderr}`)
  return Report.parse(JSON.parse(stdout))
}
