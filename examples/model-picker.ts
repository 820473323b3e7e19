/**
 * A model picker in a page, current for as long as the page is open, and filled from what is stored without a connection:
 * `mountPicker(document.querySelector('select'), URL)`. A family is shown once, whatever its dated ids and efforts are.
 */
import { type CollapsedModel, createRegistry } from '@rttnd/llm'

const RETRY_MS = 30_000

/** Returns what ends it. Name the providers that the app has keys for: others are not fetched then. */
export function mountPicker(
  select: HTMLSelectElement,
  baseUrl: string,
  providers: readonly string[] | 'all' = 'all',
): () => void {
  const registry = createRegistry({ baseUrl, providers, onUpdate: () => void show() })

  async function show(): Promise<void> {
    const filter = { type: 'chat', status: ['active', 'preview'], collapse: 'family', sort: '-iq' } as const
    const { data: models, error, stale } = await registry.searchModels(filter)
    if (error) return retry(error)
    const chosen = select.value
    select.replaceChildren(...(models.length > 0 ? models.map(optionOf) : [hintOf('There are no such models')]))
    if (models.some((model) => keyOf(model) === chosen)) select.value = chosen
    select.title = stale ? 'The registry cannot be reached: this list may be out of date' : ''
  }

  /** `onUpdate` is not called for the first content, so a failed first read is retried. */
  function retry({ name, message }: Error): void {
    if (name === 'AbortedError') return
    select.replaceChildren(hintOf(message))
    setTimeout(show, RETRY_MS)
  }

  select.replaceChildren(hintOf('Loading the models'))
  void show()
  return () => registry.destroy()
}

function optionOf(model: CollapsedModel): HTMLOptionElement {
  return new Option(`${model.alias} (${model.provider})`, keyOf(model))
}

const keyOf = ({ provider, value }: CollapsedModel): string => `${provider}/${value}`

function hintOf(text: string): HTMLOptionElement {
  const option = new Option(text, '')
  option.disabled = true
  return option
}
