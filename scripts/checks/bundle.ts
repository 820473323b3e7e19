/** The built client as a bundler takes it into an app: what that costs, and what gets into it. */
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type Metafile } from 'esbuild'

export interface Bundle {
  text: string
  minifiedBytes: number
  gzipBytes: number
  /** Files, and modules that were left outside. */
  inputs: string[]
}

/** What a page loads of a bundle in several files, each compressed by itself, in bytes. */
export interface SplitBundle {
  firstGzipBytes: number
  /** What is loaded when it is first needed. */
  lateGzipBytes: number
}

/** In one file for browsers, of a module as it would be in a folder. */
export async function bundleForBrowser(source: string, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({ ...optionsFor(source, folder), write: false, metafile: true })
  const text = outputFiles[0]?.text ?? ''
  const inputs = Object.entries(metafile.inputs).flatMap(([file, { imports }]) => [
    file,
    ...imports.filter(({ external }) => external).map(({ path }) => path),
  ])
  return { text, minifiedBytes: Buffer.byteLength(text), gzipBytes: gzipBytesOf(text), inputs }
}

/** In several files, as bundlers of apps make them where a module is imported late. */
export async function splitForBrowser(source: string, folder: string): Promise<SplitBundle> {
  const { outputFiles, metafile } = await build({
    ...optionsFor(source, folder),
    splitting: true,
    outdir: '/',
    entryNames: 'app',
    absWorkingDir: '/',
    write: false,
    metafile: true,
  })
  const first = loadedAtFirst(metafile, 'app.js')
  const sumOf = (files: typeof outputFiles): number => files.reduce((sum, { text }) => sum + gzipBytesOf(text), 0)
  const [early, late] = [true, false].map((isEarly) =>
    sumOf(outputFiles.filter(({ path }) => first.has(path.slice(1)) === isEarly)),
  )
  return { firstGzipBytes: early ?? 0, lateGzipBytes: late ?? 0 }
}

function optionsFor(source: string, folder: string): BuildOptions {
  return {
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  }
}

const gzipBytesOf = (text: string): number => gzipSync(text, { level: 9 }).length

/** A file, and what it imports by statements. */
function loadedAtFirst(metafile: Metafile, file: string, files = new Set<string>()): Set<string> {
  if (files.has(file)) return files
  files.add(file)
  for (const { path, kind } of metafile.outputs[file]?.imports ?? [])
    if (kind === 'import-statement') loadedAtFirst(metafile, path, files)
  return files
}
