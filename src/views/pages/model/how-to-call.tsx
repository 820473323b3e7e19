/** How to call a model, with everything filled in but the key. */
import type { Model, Provider } from '../../../core/schema/model.ts'
import { snippetsOf } from './snippets.ts'

export function HowToCall({ model, provider }: { model: Model; provider: Provider | undefined }) {
  const snippets = snippetsOf(model, provider)
  if (snippets.length === 0) return null
  return (
    <section aria-labelledby="call">
      <h2 id="call">How to call it</h2>
      <div class="snippets">
        {snippets.map(({ title, code }, index) => (
          <details name="snippet" open={index === 0}>
            <summary>{title}</summary>
            <pre tabindex={0}>
              <code>{code}</code>
            </pre>
          </details>
        ))}
      </div>
    </section>
  )
}
