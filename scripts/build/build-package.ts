/**
 * What is published of `src/`: the client and the pure functions of core that it imports, as modules, each beside its
 * declarations. Modules stay apart, so that a bundler leaves out what an app does not import.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandError } from '../../src/cli/shared/command.ts'
import { PROJECT } from '../shared/settings.ts'
import { schemaTypes } from './schema-types.ts'

/** The last one replaces another in bundles for browsers. */
const ENTRIES = ['client/index.js', 'client/index.d.ts', 'client/store/no-file-store.js']

/** Writes `client/` and `core/` to a folder and replaces earlier ones. */
export function buildPackage(folder: string): void {
  for (const part of ['client', 'core']) rmSync(join(folder, part), { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  compile(folder)
  for (const [name, text] of Object.entries(schemaTypes()))
    writeFileSync(join(folder, `core/schema/${name}.d.ts`), text)
  renameImports(folder)
  removeUnused(folder)
}

function compile(folder: string): void {
  const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', PROJECT))
  try {
    execFileSync(process.execPath, [tsc, '-p', 'src/client', '--noEmit', 'false', '--outDir', folder], {
      cwd: PROJECT,
      encoding: 'utf8',
    })
  } catch (error) {
    throw new CommandError(
      `Cannot build the client:\n${error instanceof Error && 'stdout' in error ? error.stdout : error}`,
    )
  }
}

/** The compiler does not rewrite imports in declarations, and some editors do not resolve `.ts` files. */
function renameImports(folder: string): void {
  for (const file of filesIn(folder).filter((name) => name.endsWith('.d.ts'))) {
    const text = readFileSync(join(folder, file), 'utf8')
    writeFileSync(join(folder, file), text.replace(/(from '\.[^']*|import\('\.[^']*)\.ts'/g, "$1.js'"))
  }
}

/** Modules that were compiled only for their types and are not imported any more. */
function removeUnused(folder: string): void {
  const used = new Set<string>()
  for (const entry of ENTRIES) addImports(folder, entry, used)
  for (const file of filesIn(folder).filter((name) => !used.has(name))) rmSync(join(folder, file))
}

function addImports(folder: string, file: string, used: Set<string>): void {
  if (used.has(file)) return
  used.add(file)
  for (const target of importsOf(readFileSync(join(folder, file), 'utf8'))) {
    if (!target.startsWith('.')) throw new CommandError(`Cannot build the client: ${file} imports "${target}"`)
    const path = new URL(target, `file:///${file}`).pathname.slice(1)
    addImports(folder, file.endsWith('.d.ts') ? path.replace(/\.js$/, '.d.ts') : path, used)
  }
}

function importsOf(text: string): string[] {
  return Array.from(text.matchAll(/(?:from |import |import\()'([^']+)'/g), ([, target]) => target ?? '')
}

/** Relative to the folder, with slashes. */
function filesIn(folder: string): string[] {
  return ['client', 'core'].flatMap((part) =>
    existsSync(join(folder, part))
      ? readdirSync(join(folder, part), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      : [],
  )
}
