/** Answers with the bytes and the headers that the registry answers of the same path, from memory: the floor of a known answer. */
const known = new Map()

export default {
  fetch(request, env) {
    const ready = known.get(request.url)
    return ready ? new Response(ready.bytes, ready.init) : load(request, env)
  },
}

async function load(request, env) {
  const { pathname, search } = new URL(request.url)
  const response = await env.REGISTRY_HTTP.fetch(`http://registry${pathname}${search}`, { headers: request.headers })
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  known.set(request.url, { bytes: new Uint8Array(await response.arrayBuffer()), init: { headers } })
  return new Response(known.get(request.url).bytes, known.get(request.url).init)
}
