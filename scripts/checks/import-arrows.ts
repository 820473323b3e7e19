/**
 * Which part of `src/` may import which: the arrows point inwards, and core imports none of the others. Circular imports
 * are not allowed, not even of types.
 */
import { glob, readFile } from 'node:fs/promises'

const ALLOWED: Record<string, string[]> = {
  core: ['core'],
  views: ['core', 'views'],
  browser: ['core', 'views', 'browser'],
  sources: ['core', 'sources'],
  registry: ['core', 'sources', 'registry', 'config.ts'],
  edge: ['core', 'views', 'edge'],
  client: ['core', 'client'],
  cli: ['core', 'client', 'cli'],
  http: ['core', 'sources', 'registry', 'views', 'edge', 'http', 'config.ts'],
  'config.ts': ['core', 'sources'],
  'index.ts': ['edge', 'http', 'registry'],
}
/** The packages that these may import: the schemas need zod, everything else is plain code. */
const PACKAGES: Record<string, string[]> = {
  core: ['zod'],
  views: ['hono/jsx'],
  client: [],
  // Only from zod/core: importing the namespace `z` would add every locale of zod to the published command.
  cli: ['zod', 'zod/v4/core', 'commander', 'node:*'],
}

/** File -> what it imports, as written. */
export type Imports = ReadonlyMap<string, readonly string[]>

/** One message per forbidden import, and one per circle. */
export async function brokenArrows(): Promise<string[]> {
  const imports = new Map<string, string[]>()
  for await (const file of glob('src/**/*.{ts,tsx}')) imports.set(file, importsOf(await readFile(file, 'utf8')))
  return [...wrongImports(imports), ...importCircles(imports)]
}

export function wrongImports(imports: Imports): string[] {
  return [...imports].flatMap(([file, targets]) =>
    targets.filter((target) => isWrong(file, target)).map((target) => `${file} must not import ${target}`),
  )
}

/** Each circle once, starting and ending at its first file by name. */
export function importCircles(imports: Imports): string[] {
  const circles = new Set<string>()
  const done = new Set<string>()
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) circles.add(describeCircle(path.slice(path.indexOf(file))))
    if (path.includes(file) || done.has(file)) return
    for (const target of imports.get(file) ?? [])
      if (target.startsWith('.')) visit(resolve(file, target), [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return [...circles].sort()
}

function describeCircle(files: string[]): string {
  const first = files.indexOf(files.toSorted()[0] ?? '')
  const ordered = [...files.slice(first), ...files.slice(0, first)]
  return `Files import each other in a circle: ${[...ordered, ordered[0]].join(' -> ')}`
}

function isWrong(file: string, target: string): boolean {
  if (target.includes('/migrations/')) return false
  const part = partOf(file)
  return target.startsWith('.')
    ? !ALLOWED[part]?.includes(partOf(resolve(file, target)))
    : PACKAGES[part]?.includes(target.replace(/^node:.*/, 'node:*')) === false
}

export function importsOf(source: string): string[] {
  return Array.from(source.matchAll(/(?:from|import) '([^']+)'/g), ([, target]) => target ?? '')
}

export function resolve(file: string, target: string): string {
  return new URL(target, `file:///${file}`).pathname.slice(1)
}

function partOf(file: string): string {
  return file.split('/')[1] ?? ''
}
