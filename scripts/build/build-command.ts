/** The published command as one file without dependencies, beside the licences of what is compiled into it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'
import { PROJECT } from '../shared/settings.ts'

const FILE = 'llm-registry.js'
/** The oldest Node.js that `engines` in package.json promises. */
const TARGET = 'node20'

/** Writes `cli/` to a folder and replaces an earlier one. */
export async function buildCommand(folder: string): Promise<void> {
  const room = join(folder, 'cli')
  rmSync(room, { recursive: true, force: true })
  mkdirSync(room, { recursive: true })
  const { metafile } = await build({
    entryPoints: ['src/cli/main.ts'],
    outfile: join(room, FILE),
    absWorkingDir: fileURLToPath(PROJECT),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: TARGET,
    // Commander is CommonJS and requires modules of Node.js, which an ES module has no `require` for.
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: 'silent',
  })
  writeFileSync(join(room, 'LICENSES.txt'), licencesOf(metafile))
}

const REQUIRE = "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)"

/** The MIT License requires them in every copy. */
function licencesOf({ inputs }: Metafile): string {
  const names = Object.keys(inputs).flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [])
  return [...new Set(names)].map((name) => `${name}\n\n${readLicence(name)}`).join(`\n${'-'.repeat(80)}\n\n`)
}

function readLicence(name: string): string {
  return readFileSync(new URL(`node_modules/${name}/LICENSE`, PROJECT), 'utf8')
}
