/** What Workers cost before their first request: CPU until their code has been evaluated, and bytes to deploy. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { medianOf } from '../../../src/cli/shared/table.ts'
import type { Harness } from '../workerd/harness.ts'
import { cpuMicrosOf } from '../workerd/process-usage.ts'
import type { WorkerBundle } from '../workerd/worker-bundle.ts'
import { aloneConfig } from '../workerd/workerd-config.ts'
import { startWorkerd } from '../workerd/workerd-process.ts'

export interface StartCost {
  name: string
  cpuMicros: number
  minifiedBytes: number
  gzippedBytes: number
}

/** Each in turn, so many times. */
export const STARTS = 9

interface Candidate {
  name: string
  /** The folder of its files. */
  folder: string
  modules: string[]
}

export async function measureStarts(harness: Harness, onStart: () => void): Promise<StartCost[]> {
  const candidates: Candidate[] = [
    await buildCandidate('a bare hello', harness, 'hello-worker.js'),
    await buildCandidate('an empty Hono app', harness, 'hono-app.ts'),
    await wrapUnused('the same code, never called', harness),
    { name: 'the registry', folder: harness.bundleFolder, modules: harness.bundle.modules },
  ]
  const configs = candidates.map((candidate) => writeConfig(candidate, harness.bundle))
  const micros: number[][] = configs.map(() => [])
  for (let count = 0; count < STARTS; count++) {
    for (const [index, config] of configs.entries()) micros[index]?.push(await startOnce(config))
    onStart()
  }
  const costs = candidates.map(async (candidate, index) => {
    const size = await sizeOf(candidate)
    return { name: candidate.name, cpuMicros: medianOf(micros[index] ?? []), ...size }
  })
  return Promise.all(costs)
}

async function buildCandidate(name: string, harness: Harness, entry: string): Promise<Candidate> {
  const folder = join(harness.bundleFolder, '..', entry.replace(/\..*$/, ''))
  const entryPoint = fileURLToPath(new URL(`workers/${entry}`, import.meta.url))
  await build({ entryPoints: [entryPoint], bundle: true, format: 'esm', outfile: join(folder, 'index.js') })
  return { name, folder, modules: ['index.js'] }
}

/** The floor: V8 scans a function when the Worker starts, even if it is never called. Evaluating it costs more. */
async function wrapUnused(name: string, { bundleFolder }: Harness): Promise<Candidate> {
  const folder = join(bundleFolder, '..', 'unused')
  mkdirSync(folder, { recursive: true })
  const text = readFileSync(join(bundleFolder, 'index.js'), 'utf8')
  // As a script, its imports and exports are calls and assignments, which may be in a function.
  const { code } = await transform(text, { minify: true, format: 'cjs' })
  const hello = readFileSync(new URL('workers/hello-worker.js', import.meta.url), 'utf8')
  writeFileSync(join(folder, 'index.js'), `function unused(require, module) {${code}}\n${hello}`)
  return { name, folder, modules: ['index.js'] }
}

function writeConfig({ folder, modules }: Candidate, { compatibilityDate }: WorkerBundle): string {
  const file = join(folder, 'alone.capnp')
  writeFileSync(file, aloneConfig({ compatibilityDate, modules }))
  return file
}

async function startOnce(config: string): Promise<number> {
  const workerd = await startWorkerd(config, ['main'])
  const micros = cpuMicrosOf(workerd.pid)
  await workerd.stop()
  return micros
}

/** Of all modules together, as they would be sent if they were minified. */
async function sizeOf({ folder, modules }: Candidate): Promise<{ minifiedBytes: number; gzippedBytes: number }> {
  const minified = await Promise.all(modules.map((file) => minify(join(folder, file))))
  const bytes = Buffer.from(minified.join('\n'))
  return { minifiedBytes: bytes.byteLength, gzippedBytes: gzipSync(bytes).byteLength }
}

async function minify(file: string): Promise<string> {
  const text = readFileSync(file, 'utf8')
  return file.endsWith('.js') ? (await transform(text, { minify: true, format: 'esm' })).code : text
}
