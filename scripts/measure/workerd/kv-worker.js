/**
 * A KV namespace in memory, by the HTTP protocol that workerd's KV bindings speak. Plain JavaScript: workerd runs it as
 * it is. Nothing expires, and a write is seen at once.
 */
const entries = new Map()

export default {
  async fetch(request) {
    const key = decodeURIComponent(new URL(request.url).pathname.slice(1))
    if (request.method === 'PUT') {
      entries.set(key, { value: await request.arrayBuffer(), metadata: request.headers.get('cf-kv-metadata') })
      return new Response(null, { status: 204 })
    }
    if (request.method === 'DELETE') {
      entries.delete(key)
      return new Response(null, { status: 204 })
    }
    const entry = entries.get(key)
    if (!entry) return new Response(null, { status: 404 })
    return new Response(entry.value, { headers: entry.metadata === null ? {} : { 'cf-kv-metadata': entry.metadata } })
  },
}
