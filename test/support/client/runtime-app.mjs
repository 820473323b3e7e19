// An app on some runtime: `runtime-app.mjs URL`. Reads once and again by a second client, by another that keeps parts,
// and a single model; prints what it was given. It ends by itself, although the timers of its clients go on.
import { createRegistry } from '@rttnd/llm'

const baseUrl = process.argv[2]
const read = async (options, mode) => {
  const { data, error, cached, stale } = await createRegistry({ baseUrl, ...mode }).getManifest(options)
  return { version: data?.version, error: error?.name, cached, stale }
}
const parts = { providers: ['acme'] }
const whole = [await read(), await read(), await read({ forceRefresh: true })]
const { data: found } = await createRegistry({ baseUrl }).find('acme-one')
process.stdout.write(JSON.stringify([...whole, await read({}, parts), await read({}, parts), found?.value]))
