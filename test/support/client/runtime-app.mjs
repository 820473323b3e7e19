// An app on some runtime: `runtime-app.mjs URL`. Reads once and again by a second client, and tells what it was given.
// It ends by itself, although the timer of its client goes on.
import { createRegistry } from '@rttnd/llm'

const baseUrl = process.argv[2]
const read = async (options) => {
  const { data, error, cached, stale } = await createRegistry({ baseUrl }).getManifest(options)
  return { version: data?.version, error: error?.name, cached, stale }
}
process.stdout.write(JSON.stringify([await read(), await read(), await read({ forceRefresh: true })]))
