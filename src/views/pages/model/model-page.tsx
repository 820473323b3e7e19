/** `/models/:provider/:value`: everything that is known of one model. */
import type { ModelHistory } from '../../../core/schema/history.ts'
import type { Model, Provider } from '../../../core/schema/model.ts'
import type { Provenance } from '../../../core/schema/operations.ts'
import type { PricePeriod } from '../../../core/schema/price-period.ts'
import { formatUsd } from '../format/numbers.ts'
import { type PageQuery, withQuery } from '../format/paths.ts'
import type { PageContent } from '../layout/layout.tsx'
import { Calculator } from './calculator.tsx'
import { FactsTable } from './facts-table.tsx'
import { HowToCall } from './how-to-call.tsx'
import { OffersTable } from './offers-table.tsx'
import { OverTime } from './over-time.tsx'
import { PriceTable } from './price-table.tsx'
import { Revisions } from './revisions.tsx'
import { inWords, Summary } from './summary.tsx'
import type { TypicalRequest } from './typical-cost.ts'

export interface ModelPage {
  model: Model
  provider: Provider | undefined
  /** Of its family at every provider, the cheapest first. */
  offers: readonly Model[]
  providerNames: ReadonlyMap<string, string>
  history: ModelHistory | undefined
  /** Its prices over time. */
  periods: readonly PricePeriod[]
  provenance: Provenance | undefined
  request: TypicalRequest
  /** When the version was made. */
  until: string
  /** What names the version to the API. */
  version: PageQuery
}

export function modelContent(page: ModelPage): PageContent {
  const { model, provider, history } = page
  const { input, output } = model.pricing ?? {}
  const prices = input === undefined || output === undefined ? '' : `: ${formatUsd(input)} in, ${formatUsd(output)} out`
  return {
    title: `${model.name} at ${provider?.name ?? model.provider}`,
    description: `${inWords(model, provider)} Price${prices || 's'}, history, sources and how to call it.`,
    body: (
      <article class="model">
        <Summary model={model} provider={provider} />
        <Costs {...page} />
        {history ? <OverTime history={history} periods={page.periods} until={page.until} /> : null}
        <HowToCall model={model} provider={provider} />
        <Elsewhere {...page} />
        <section aria-labelledby="facts">
          <h2 id="facts">{page.provenance ? 'All facts and their sources' : 'All facts'}</h2>
          <FactsTable model={model} history={history} provenance={page.provenance} />
        </section>
        {history ? (
          <section aria-labelledby="history">
            <h2 id="history">History</h2>
            <Revisions history={history} />
          </section>
        ) : null}
        <AsJson model={model} version={page.version} />
      </article>
    ),
  }
}

function Costs({ model, request, until }: ModelPage) {
  const { pricing, billing } = model
  return (
    <section aria-labelledby="prices">
      <h2 id="prices">Prices</h2>
      {pricing ? <PriceTable pricing={pricing} /> : null}
      {pricing ? <Calculator model={model} request={request} at={until} /> : null}
      {!pricing && billing ? (
        <p>{billing === 'free' ? 'Free of charge.' : 'Included in a plan: there is no price per token.'}</p>
      ) : null}
      {pricing || billing ? null : <p>No source states a price.</p>}
    </section>
  )
}

function Elsewhere({ model, offers, providerNames }: ModelPage) {
  if (offers.length < 2) return null
  return (
    <section aria-labelledby="offers">
      <h2 id="offers">The same model elsewhere</h2>
      <p>
        {offers.length} offers and variants of <code>{model.family}</code>, cheapest first. Percentages compare blended
        prices with this offer.
      </p>
      <OffersTable model={model} offers={offers} providerNames={providerNames} />
    </section>
  )
}

function AsJson({ model, version }: { model: Model; version: PageQuery }) {
  const path = `/v1/models/${encodeURIComponent(model.provider)}/${encodeURIComponent(model.value)}`
  return (
    <p class="links">
      <span class="quiet">As JSON:</span>
      <a href={withQuery(path, version)}>this model</a>
      <a href={`${path}/history`}>its history</a>
      <a href={withQuery(`${path}/offers`, version)}>its offers</a>
    </p>
  )
}
