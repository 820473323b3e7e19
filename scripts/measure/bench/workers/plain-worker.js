/** A search done the plain way: the manifest read from KV, parsed, filtered and written out again for each request. */
export default {
  async fetch(request, env) {
    const query = new URL(request.url).searchParams
    const { models } = JSON.parse(await env.KV.get('manifest'))
    const capability = query.get('capability')
    const minIq = Number(query.get('minIq'))
    return Response.json(models.filter((model) => model.capabilities?.[capability] === true && model.iq >= minIq))
  },
}
