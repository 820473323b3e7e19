/** The baseline: a PUT keeps a body, and a GET parses it so many times. Plain JavaScript: workerd runs it as it is. */
let body = ''

export default {
  async fetch(request) {
    if (request.method === 'PUT') body = await request.text()
    const times = Number(new URL(request.url).searchParams.get('times') ?? 0)
    let parsed
    for (let count = 0; count < times; count++) parsed = JSON.parse(body)
    return new Response(String(Object.keys(parsed ?? {}).length))
  },
}
