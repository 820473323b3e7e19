/** Answers with the bytes of the registry's manifest, which it has in memory after the first request. */
let bytes

export default {
  async fetch(_request, env) {
    bytes ??= new Uint8Array(await (await env.REGISTRY_HTTP.fetch('http://registry/v1/manifest')).arrayBuffer())
    return new Response(bytes)
  },
}
