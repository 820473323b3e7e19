/** Copies the script and style of the /docs page from its package, so that the Worker serves them itself. */
import { copyFile, mkdir } from 'node:fs/promises'
import { runScript } from '../../src/cli/program/run-process.ts'
import { defineCommand } from '../../src/cli/shared/command.ts'

const FROM = new URL('../../node_modules/swagger-ui-dist/', import.meta.url)
const TO = new URL('../../dist/docs/docs/', import.meta.url)

const copyDocsAssets = defineCommand({
  description: 'Copies the script and style of the /docs page from the package swagger-ui-dist into dist/docs.',
  options: {},
  async run() {
    await mkdir(TO, { recursive: true })
    for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css'])
      await copyFile(new URL(file, FROM), new URL(file, TO))
    return 0
  },
})

await runScript('node scripts/build/copy-docs-assets.ts', copyDocsAssets)
