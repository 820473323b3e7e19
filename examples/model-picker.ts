/** A model picker in a page, current for as long as the page is open: `mountPicker(document.querySelector('select'), URL)`. */
import { createRegistry, type Model } from '@rttnd/llm'

const RETRY_MS = 30_000

/** Returns what ends it. */
export function mountPicker(select: HTMLSelectElement, baseUrl: string): () => void {
  const registry = createRegistry({ baseUrl, onUpdate: () => void show() })

  async function show(): Promise<void> {
    const { data: models, error, stale } = await registry.searchModels({ status: 'active', sort: '-iq' })
    if (error) {
      // The first manifest is no update of another, so that none is told of: it is asked for again.
      if (error.name !== 'AbortedError') setTimeout(show, RETRY_MS)
      return
    }
    const chosen = select.value
    select.replaceChildren(...models.map(optionOf))
    select.value = chosen
    select.title = stale ? 'The registry cannot be reached: this list may be out of date' : ''
  }

  void show()
  return () => registry.destroy()
}

function optionOf({ provider, value, name }: Model): HTMLOptionElement {
  return new Option(name, `${provider}/${value}`)
}
