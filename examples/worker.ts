/** A Worker of the same account, bound to the registry's KV namespace: no request to the registry at all. */
import { createKVRegistry, type KVBinding } from '@rttnd/llm'

interface Env {
  /** In wrangler.toml, under `[[kv_namespaces]]`, with the id of the registry's namespace. */
  REGISTRY: KVBinding
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const registry = createKVRegistry({ kv: env.REGISTRY })
    const minIq = Number(new URL(request.url).searchParams.get('minIq') ?? 0)
    const { data, error } = await registry.searchModels({ minIq, sort: 'price' })
    if (error) return Response.json({ error: error.message }, { status: 503 })
    return Response.json(data)
  },
}
