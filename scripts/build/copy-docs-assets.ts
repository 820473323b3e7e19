/** Copies the script and style of the /docs page out of its package, so that the Worker serves them itself. */
import { copyFile, mkdir } from 'node:fs/promises'

const from = new URL('../../node_modules/swagger-ui-dist/', import.meta.url)
const to = new URL('../../dist/docs/docs/', import.meta.url)

await mkdir(to, { recursive: true })
for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css']) await copyFile(new URL(file, from), new URL(file, to))
