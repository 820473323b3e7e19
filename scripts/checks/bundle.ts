/** The built client as a bundler takes it into an app: what that costs, and what gets into it. */
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

export interface Bundle {
  text: string
  minifiedBytes: number
  gzipBytes: number
  /** Files, and modules that were left outside. */
  inputs: string[]
}

/** For browsers, of a module as it would be in a folder. */
export async function bundleForBrowser(source: string, folder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  const text = outputFiles[0]?.text ?? ''
  const inputs = Object.entries(metafile.inputs).flatMap(([file, { imports }]) => [
    file,
    ...imports.filter(({ external }) => external).map(({ path }) => path),
  ])
  return { text, minifiedBytes: Buffer.byteLength(text), gzipBytes: gzipSync(text, { level: 9 }).length, inputs }
}
