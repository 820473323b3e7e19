/** Builds the package `@rttnd/llm` and writes it as a tarball that npm can install or publish: `npm run pack`. */
import { fileURLToPath } from 'node:url'
import { exitWith } from '../../src/cli/shared/run-process.ts'
import { PROJECT } from '../shared/settings.ts'
import { buildPackage } from './build-package.ts'
import { packProject } from './packed-package.ts'

await exitWith(async () => {
  const dist = fileURLToPath(new URL('dist', PROJECT))
  buildPackage(dist)
  const { path, files } = packProject(dist)
  console.log(`Wrote ${path}: ${files.length} files. Install it in an app with "npm install ${path}".`)
  return 0
})
