/** Bundles the style, script and icon of the pages into `dist/docs/assets/`, each named by its hash, with an index of them. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { runScript } from '../../src/cli/program/run-process.ts'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'

const from = new URL('../../src/browser/', import.meta.url)
const to = new URL('../../dist/docs/assets/', import.meta.url)
/** Renders the same as Hono's, in a tenth of its size. */
const HASH_DIGITS = 12
/** Compressed: a larger script would make pages unusable on a phone. */
const MAX_SCRIPT_BYTES = 15_000

const buildPageAssets = defineCommand({
  description:
    'Bundles the style, script and icon of the pages into dist/docs/assets, each named by its hash, with an index.',
  options: {},
  async run() {
    const [style, docsStyle, script] = await Promise.all(['styles/index.css', 'styles/docs.css', 'main.ts'].map(bundle))
    requireSmall(script ?? '')
    const icon = readFileSync(new URL('icon.svg', from), 'utf8').trim()
    rmSync(to, { recursive: true, force: true })
    mkdirSync(to, { recursive: true })
    const index = {
      style: write('style', 'css', style ?? ''),
      docsStyle: write('docsStyle', 'css', docsStyle ?? ''),
      script: write('script', 'js', script ?? ''),
      icon: write('icon', 'svg', icon),
    }
    writeFileSync(new URL('index.json', to), JSON.stringify(index))
    return 0
  },
})

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, from))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

function requireSmall(script: string): void {
  const bytes = brotliCompressSync(script).length
  if (bytes > MAX_SCRIPT_BYTES)
    throw new CommandError(`Cannot build the pages: their script has ${bytes} bytes, of at most ${MAX_SCRIPT_BYTES}`)
}

function write(name: string, extension: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS)
  const file = `${name}.${hash}.${extension}`
  writeFileSync(new URL(file, to), text)
  return `/assets/${file}`
}

await runScript('node scripts/build/build-page-assets.ts', buildPageAssets)
