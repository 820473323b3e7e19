/** Which part of `src/` may import which. The arrows point inwards: core knows nothing of the others. */
import { glob, readFile } from 'node:fs/promises'

const ALLOWED: Record<string, string[]> = {
  core: ['core'],
  views: ['core', 'views'],
  sources: ['core', 'sources'],
  registry: ['core', 'sources', 'registry', 'config.ts'],
  edge: ['core', 'views', 'edge'],
  client: ['core', 'client'],
  cli: ['core', 'client', 'cli'],
  http: ['core', 'sources', 'registry', 'views', 'edge', 'http', 'config.ts'],
  'config.ts': ['core', 'sources'],
  'index.ts': ['edge', 'http', 'registry'],
}
/** What these may import from outside: the schemas need zod, everything else is plain code. */
const PACKAGES: Record<string, string[]> = { core: ['zod'], views: [], client: [], cli: ['zod', 'node:*'] }

/** One complaint per import that points the wrong way. */
export async function brokenArrows(): Promise<string[]> {
  const complaints: string[] = []
  for await (const file of glob('src/**/*.ts')) {
    const part = partOf(file)
    for (const target of importsOf(await readFile(file, 'utf8'))) {
      const wrong = target.startsWith('.')
        ? !ALLOWED[part]?.includes(partOf(resolve(file, target)))
        : PACKAGES[part]?.includes(target.replace(/^node:.*/, 'node:*')) === false
      if (wrong && !target.includes('/migrations/')) complaints.push(`${file} must not import ${target}`)
    }
  }
  return complaints
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
