/** Keys of the registry's KV over HTTP: what a new process is filled with, and the least that reading and caching one takes. */
export default {
  async fetch(request, { KV }) {
    const key = new URL(request.url).pathname.slice(1)
    if (request.method === 'PUT') {
      const metadata = JSON.parse(request.headers.get('x-metadata') ?? 'null')
      await KV.put(key, await request.arrayBuffer(), metadata ? { metadata } : {})
      return new Response(null, { status: 204 })
    }
    const { value, metadata } = await KV.getWithMetadata(key, { type: 'arrayBuffer' })
    if (request.method !== 'HEAD') return new Response(value, { headers: { 'x-metadata': JSON.stringify(metadata) } })
    const cache = await caches.open('bare')
    const headers = { 'cache-control': 'public, max-age=31536000' }
    await cache.put(`https://bare.invalid/${key}`, new Response(value, { headers }))
    return new Response(null, { status: 204 })
  },
}
