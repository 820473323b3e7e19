/** A Durable Object that answers with the bytes that the registry answers of a path, from its memory. */
import { DurableObject } from 'cloudflare:workers'

export class Registry extends DurableObject {
  #known = new Map()

  async bytes(path) {
    if (!this.#known.has(path))
      this.#known.set(
        path,
        new Uint8Array(await (await this.env.REGISTRY_HTTP.fetch(`http://registry${path}`)).arrayBuffer()),
      )
    return this.#known.get(path)
  }
}

export default {
  fetch() {
    return new Response('See the Durable Object')
  },
}
