/**
 * Calls the Registry Durable Object past the Worker and its caches: a POST of `[method, ...arguments]` answers with the
 * length of what it returned, so that no body has to be carried to the one who measures. Plain JavaScript: workerd runs
 * it as it is.
 */
export default {
  async fetch(request, env) {
    const [method, ...args] = await request.json()
    const result = await env.REGISTRY_DO.getByName('registry')[method](...args)
    return new Response(String(lengthOf(result)))
  },
}

/** As JSON, bytes would cost more than all that is measured. */
function lengthOf(result) {
  const bytes = result instanceof Uint8Array ? result : result?.bytes
  return bytes instanceof Uint8Array ? bytes.byteLength : JSON.stringify(result)?.length
}
