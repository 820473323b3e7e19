/** Bundles the built client as an app would: the sizes and the contents. */
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type Metafile } from 'esbuild'

export interface Bundle {
  text: string
  minifiedBytes: number
  gzipBytes: number
  /** The bundled files, and the modules that were not bundled. */
  inputs: string[]
}

/** The bytes that a page loads of a bundle in several files, each compressed separately. */
export interface SplitBundle {
  firstGzipBytes: number
  /** Loaded on first use. */
  lateGzipBytes: number
}

/** Bundles a module into one file for browsers, as if it were in the given folder. */
export async function bundleForBrowser(source: string, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({ ...optionsFor(source, folder), write: false, metafile: true })
  const text = outputFiles[0]?.text ?? ''
  const inputs = Object.entries(metafile.inputs).flatMap(([file, { imports }]) => [
    file,
    ...imports.filter(({ external }) => external).map(({ path }) => path),
  ])
  return { text, minifiedBytes: Buffer.byteLength(text), gzipBytes: gzipBytesOf(text), inputs }
}

/** Bundles into several files, as bundlers do for dynamic imports. */
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

/** A file and its static imports. */
function loadedAtFirst(metafile: Metafile, file: string, files = new Set<string>()): Set<string> {
  if (files.has(file)) return files
  files.add(file)
  for (const { path, kind } of metafile.outputs[file]?.imports ?? [])
    if (kind === 'import-statement') loadedAtFirst(metafile, path, files)
  return files
}
