/** Builds what is published as `@rttnd/llm` into `dist/`: `bun run build:client`. */
import { fileURLToPath } from 'node:url'
import { exitWith } from '../../src/cli/shared/run-process.ts'
import { PROJECT } from '../shared/settings.ts'
import { buildPackage } from './build-package.ts'

await exitWith(async () => {
  buildPackage(fileURLToPath(new URL('dist', PROJECT)))
  return 0
})
