/** Builds what is published as `@rttnd/llm` into `dist/`: `bun run build:client`. */
import { fileURLToPath } from 'node:url'
import { buildPackage } from './client/build-package.ts'
import { runCommand } from './command.ts'
import { PROJECT } from './settings.ts'

await runCommand(async () => {
  buildPackage(fileURLToPath(new URL('dist', PROJECT)))
  return 0
})
