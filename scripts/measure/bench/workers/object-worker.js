/** A Durable Object that answers with the text of the registry's manifest, from its memory. */
import { DurableObject } from 'cloudflare:workers'

export class Registry extends DurableObject {
  #text

  async manifest() {
    this.#text ??= await (await this.env.REGISTRY_HTTP.fetch('http://registry/v1/manifest')).text()
    return this.#text
  }
}

export default {
  fetch() {
    return new Response('See the Durable Object')
  },
}
