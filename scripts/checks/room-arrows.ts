/**
 * Which room inside a part of `src/` may import which. A room is a folder; `''` means the files in the part itself. Every
 * room may import itself.
 */
import { glob, readFile } from 'node:fs/promises'
import { importsOf, resolve } from './import-arrows.ts'

/** The schemas and the plain functions next to them, which every other room of core may import. */
const BASE = ['', 'json', 'schema']
const STORE = ['store']
const HISTORY = ['history', ...STORE]
const BUILD = ['build', ...HISTORY]
const CHANGES = ['changes', ...BUILD]
const RUN = ['run', 'backup', ...CHANGES]

const ALLOWED: Record<string, Record<string, string[]>> = {
  core: {
    '': BASE,
    json: BASE,
    schema: BASE,
    manifest: BASE,
    settings: BASE,
    records: [...BASE, 'manifest'],
    diff: BASE,
    // A lab's own providers have stricter limits.
    guard: [...BASE, 'match'],
    statements: BASE,
    match: [...BASE, 'statements'],
    family: [...BASE, 'statements', 'build', 'match'],
    // Names of boards are matched to rows of the build.
    boards: [...BASE, 'statements', 'match', 'build'],
    build: [...BASE, 'statements', 'match', 'family', 'boards', 'manifest'],
    pricing: BASE,
    search: [...BASE, 'match'],
    overrides: [...BASE, 'diff', 'match', 'build', 'statements'],
    provenance: [...BASE, 'diff', 'build', 'overrides', 'statements'],
  },
  registry: { store: [], history: STORE, build: HISTORY, changes: BUILD, backup: CHANGES, run: RUN, '': RUN },
  cli: { shared: [], program: ['shared'], commands: ['shared'], '': ['shared', 'program', 'commands'] },
}

/** One message per forbidden import. */
export async function brokenRoomArrows(): Promise<string[]> {
  const complaints: string[] = []
  for await (const file of glob(`src/{${Object.keys(ALLOWED).join(',')}}/**/*.{ts,tsx}`)) {
    const { part, room } = placeOf(file)
    for (const target of importsOf(await readFile(file, 'utf8'))) {
      const to = target.startsWith('.') ? placeOf(resolve(file, target)) : undefined
      if (to?.part !== part || to.room === room) continue
      if (!ALLOWED[part]?.[room]?.includes(to.room)) complaints.push(`${file} must not import ${target}`)
    }
  }
  return complaints
}

function placeOf(file: string): { part: string; room: string } {
  const [, part = '', ...path] = file.split('/')
  return { part, room: path.length > 1 ? (path[0] ?? '') : '' }
}
