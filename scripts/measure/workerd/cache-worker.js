/**
 * The Cache API in memory, by the HTTP protocol that workerd speaks: a PUT carries a whole HTTP/1.1 response, and a GET
 * says by `cf-cache-status` whether it hit. Plain JavaScript: workerd runs it as it is.
 */

/** Manifests are half a megabyte; a benchmark must not mistake these for the registry's memory. */
const MAX_ENTRIES = 64
const entries = new Map()

export default {
  async fetch(request) {
    if (request.method === 'PUT') {
      entries.set(request.url, readResponse(new Uint8Array(await request.arrayBuffer())))
      for (const oldest of entries.keys()) if (entries.size > MAX_ENTRIES) entries.delete(oldest)
      return new Response(null, { status: 204 })
    }
    if (request.method === 'PURGE') return new Response(null, { status: entries.delete(request.url) ? 200 : 404 })
    const entry = entries.get(request.url)
    if (!entry) return new Response(null, { status: 504, headers: { 'cf-cache-status': 'MISS' } })
    return new Response(entry.body, { status: entry.status, headers: [...entry.headers, ['cf-cache-status', 'HIT']] })
  },
}

function readResponse(bytes) {
  const end = indexOfText(bytes, '\r\n\r\n', 0)
  const [statusLine = '', ...lines] = new TextDecoder().decode(bytes.subarray(0, end)).split('\r\n')
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ])
  const isChunked = headers.some(([name, value]) => name === 'transfer-encoding' && value === 'chunked')
  const body = bytes.slice(end + 4)
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: headers.filter(([name]) => name !== 'transfer-encoding' && name !== 'content-length'),
    body: isChunked ? joinChunks(body) : body,
  }
}

function joinChunks(bytes) {
  const chunks = []
  let start = 0
  for (;;) {
    const lineEnd = indexOfText(bytes, '\r\n', start)
    const size = Number.parseInt(new TextDecoder().decode(bytes.subarray(start, lineEnd)), 16)
    if (!(size > 0)) return new Blob(chunks)
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    start = lineEnd + 2 + size + 2
  }
}

function indexOfText(bytes, text, from) {
  const wanted = [...text].map((character) => character.charCodeAt(0))
  for (let index = from; index <= bytes.length - wanted.length; index++)
    if (wanted.every((byte, offset) => bytes[index + offset] === byte)) return index
  return bytes.length
}
