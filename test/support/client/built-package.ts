/** The package as it is published: built once for all tests, and installed under its name in a folder of its own. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { buildPackage } from '../../../scripts/build/build-package.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder in which only `@rttnd/llm` can be imported. */
    app: string
  }
}

/** Vitest calls it before the first test, and calls the returned function after the last. */
export default function setup(project: TestProject): () => void {
  const app = mkdtempSync(join(tmpdir(), 'llm-app-'))
  const installed = join(app, 'node_modules/@rttnd/llm')
  mkdirSync(installed, { recursive: true })
  cpSync(fileURLToPath(new URL('../../../package.json', import.meta.url)), join(installed, 'package.json'))
  buildPackage(join(installed, 'dist'))
  writeFileSync(join(app, 'package.json'), '{ "type": "module", "dependencies": { "@rttnd/llm": "*" } }')
  project.provide('app', app)
  return () => rmSync(app, { recursive: true, force: true })
}
