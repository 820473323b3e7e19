/** Models side by side, with what differs marked. */
import type { Model } from '../../../core/schema/model.ts'
import { modelPath } from '../format/paths.ts'
import type { PageContent } from '../layout/layout.tsx'
import { Link, MomentFields } from '../layout/link.tsx'
import { COMPARED, type ComparedFact } from './compared-facts.tsx'

export const MAX_COMPARED = 6

interface Comparison {
  models: readonly Model[]
  /** Ids that name no single model, with the reason. */
  refused: readonly { id: string; reason: string }[]
}

export function compareContent({ models, refused }: Comparison): PageContent {
  const names = models.map(({ name }) => name).join(' and ')
  return {
    title: models.length > 1 ? `${names} compared` : 'Compare models',
    description: 'Prices, limits, scores and capabilities of language models side by side.',
    body: (
      <>
        <h1>Compare models</h1>
        {refused.map(({ reason }) => (
          <p role="alert">{reason}.</p>
        ))}
        {models.length === 0 ? (
          <p>
            Name a model as <code>provider/model</code>, or tick models in the <Link href="/">list of all models</Link>.
          </p>
        ) : (
          <ComparisonTable models={models} />
        )}
        {models.length < MAX_COMPARED ? <AddForm models={models} /> : null}
      </>
    ),
  }
}

export function idOf({ provider, value }: Model): string {
  return `${provider}/${value}`
}

function ComparisonTable({ models }: { models: readonly Model[] }) {
  return (
    <section class="scroll" aria-label="Comparison" tabindex={0}>
      <table class="comparison">
        <thead>
          <tr>
            <th scope="col">
              <span class="spoken">Fact</span>
            </th>
            {models.map((model) => (
              <th scope="col">
                <Link href={modelPath(model)}>{model.name}</Link>
                <div class="quiet small">{model.provider}</div>
                {models.length > 1 ? <RemoveLink models={models} model={model} /> : null}
              </th>
            ))}
          </tr>
        </thead>
        {COMPARED.map(({ title, facts }) => (
          <FactGroup title={title} facts={facts} models={models} />
        ))}
      </table>
    </section>
  )
}

function RemoveLink({ models, model }: { models: readonly Model[]; model: Model }) {
  const rest = models.filter((other) => other !== model)
  return (
    <Link
      href="/compare"
      query={rest.map((other) => ['m', idOf(other)])}
      class="small quiet"
      label={`Remove ${model.name} of ${model.provider}`}
    >
      Remove
    </Link>
  )
}

function FactGroup({
  title,
  facts,
  models,
}: {
  title: string
  facts: readonly ComparedFact[]
  models: readonly Model[]
}) {
  const rows = facts
    .map((fact) => ({ fact, texts: models.map((model) => JSON.stringify(fact.value(model) ?? null)) }))
    .filter(({ texts }) => texts.some((text) => text !== 'null'))
  if (rows.length === 0) return null
  return (
    <tbody>
      <tr class="group">
        <th scope="colgroup" colspan={models.length + 1}>
          {title}
        </th>
      </tr>
      {rows.map(({ fact, texts }) => (
        <FactRow fact={fact} models={models} differs={new Set(texts).size > 1} />
      ))}
    </tbody>
  )
}

function FactRow({ fact, models, differs }: { fact: ComparedFact; models: readonly Model[]; differs: boolean }) {
  const best = differs && fact.best ? bestOf(models, fact) : undefined
  return (
    <tr class={differs ? 'differs' : undefined}>
      <th scope="row">{fact.name}</th>
      {models.map((model) => {
        const value = fact.value(model)
        const isBest = best !== undefined && value === best
        return (
          <td class={isBest ? 'best' : undefined}>
            {fact.show(model)}
            {isBest ? <span class="spoken"> (best)</span> : null}
          </td>
        )
      })}
    </tr>
  )
}

function bestOf(models: readonly Model[], { value, best }: ComparedFact): number | undefined {
  const numbers = models.map(value).filter((one) => typeof one === 'number')
  if (numbers.length < 2) return undefined
  return best === 'lowest' ? Math.min(...numbers) : Math.max(...numbers)
}

function AddForm({ models }: { models: readonly Model[] }) {
  return (
    <form action="/compare" class="inline">
      <MomentFields />
      {models.map((model) => (
        <input type="hidden" name="m" value={idOf(model)} />
      ))}
      <label>
        Add a model <input name="m" required placeholder="openai/gpt-4o" autocomplete="off" autocapitalize="none" />
      </label>
      <button type="submit">Add</button>
    </form>
  )
}
