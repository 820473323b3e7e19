/** Builds what is published as `@rttnd/llm` into `dist/`: `bun run build:client`. */
import { fileURLToPath } from 'node:url'
import { runCommand } from '../../src/cli/shared/command.ts'
import { PROJECT } from '../shared/settings.ts'
import { buildPackage } from './build-package.ts'

await runCommand(async () => {
  buildPackage(fileURLToPath(new URL('dist', PROJECT)))
  return 0
})
