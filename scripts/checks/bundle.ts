/** The built client as a bundler takes it into an app: what that costs, and what gets into it. */
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'

export interface Bundle {
  /** All of it, one module after the other. */
  text: string
  minifiedBytes: number
  /** Of what a page loads at first, each file compressed by itself. */
  gzipBytes: number
  /** Of what it loads later, when it is first needed. */
  lateGzipBytes: number
  /** Files, and modules that were left outside. */
  inputs: string[]
}

const ENTRY = 'app.js'

/** For browsers, of a module as it would be in a folder. */
export async function bundleForBrowser(source: string, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    outdir: '/',
    entryNames: 'app',
    absWorkingDir: '/',
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  const texts = new Map(outputFiles.map(({ path, text }) => [path.slice(1), text]))
  const first = filesAtFirst(metafile)
  const bytesOf = (file: string): number => gzipSync(texts.get(file) ?? '', { level: 9 }).length
  const sumOf = (files: string[]): number => files.reduce((sum, file) => sum + bytesOf(file), 0)
  const inputs = Object.entries(metafile.inputs).flatMap(([file, { imports }]) => [
    file,
    ...imports.filter(({ external }) => external).map(({ path }) => path),
  ])
  return {
    text: [...texts.values()].join('\n'),
    minifiedBytes: outputFiles.reduce((sum, { contents }) => sum + contents.length, 0),
    gzipBytes: sumOf([...first]),
    lateGzipBytes: sumOf([...texts.keys()].filter((file) => !first.has(file))),
    inputs,
  }
}

/** The entry, and what it imports by statements. */
function filesAtFirst({ outputs }: Metafile, file = ENTRY, files = new Set<string>()): Set<string> {
  if (files.has(file)) return files
  files.add(file)
  for (const { path, kind } of outputs[file]?.imports ?? [])
    if (kind === 'import-statement') filesAtFirst({ inputs: {}, outputs }, path, files)
  return files
}
