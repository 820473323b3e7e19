/** One provider: how to call it, and every model that it offers. */

import type { Model, Provider } from '../../../core/schema/model.ts'
import { Chip } from '../elements/chip.tsx'
import { Facts } from '../elements/facts.tsx'
import { Heads, type Title } from '../elements/heads.tsx'
import { Price } from '../elements/price.tsx'
import { Score } from '../elements/score.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { Unknown } from '../elements/unknown.tsx'
import { formatDate } from '../format/dates.ts'
import { formatCount, formatTokens } from '../format/numbers.ts'
import { modelPath, providerPath } from '../format/paths.ts'
import type { PageContent } from '../layout/layout.tsx'
import { ExternalLink, Link } from '../layout/link.tsx'

export function providerContent(provider: Provider, models: readonly Model[]): PageContent {
  const count = formatCount(models.length, 'model')
  return {
    title: provider.name,
    description: `${count} at ${provider.name}, with prices, limits and scores, and how the API is called.`,
    body: (
      <>
        <p class="crumbs">
          <Link href="/providers">Providers</Link>
        </p>
        <h1>{provider.name}</h1>
        {provider.status === 'active' ? null : (
          <p>
            <Chip tone="past">{provider.status}</Chip>
          </p>
        )}
        <ProviderFacts provider={provider} />
        <h2>{count}</h2>
        <ModelTable provider={provider} models={models} />
        <p class="small">
          As JSON: <a href={`/v1${providerPath(provider.value)}/models`}>/v1{providerPath(provider.value)}/models</a>
        </p>
      </>
    ),
  }
}

function ProviderFacts({ provider: { value, website, api, keyPlaceholder } }: { provider: Provider }) {
  return (
    <Facts
      facts={[
        ['ID', <code>{value}</code>],
        ['Website', website && <ExternalLink href={website}>{website}</ExternalLink>],
        ['Documentation', api?.docs && <ExternalLink href={api.docs}>{api.docs}</ExternalLink>],
        ['Base URL', api?.baseUrl && <code>{api.baseUrl}</code>],
        ['AI SDK package', api?.npm && <code>{api.npm}</code>],
        ['API key variable', api?.env?.map((name) => <code>{name} </code>)],
        ['API key format', keyPlaceholder && <code>{keyPlaceholder}</code>],
      ]}
    />
  )
}

const TITLES: readonly Title[] = [
  'Model',
  'Type',
  'IQ',
  { number: 'Input $/M' },
  { number: 'Output $/M' },
  { number: 'Context' },
  { number: 'Released' },
]

function ModelTable({ provider, models }: { provider: Provider; models: readonly Model[] }) {
  return (
    <ScrollTable label={`Models of ${provider.name}`} class="offered">
      <Heads titles={TITLES} />
      <tbody>{models.map(ModelRow)}</tbody>
    </ScrollTable>
  )
}

function ModelRow(model: Model) {
  const { name, value, type, status, firstParty, lab, iq, pricing, metrics, releaseDate } = model
  return (
    <tr>
      <th scope="row">
        <Link href={modelPath(model)}>{name}</Link>{' '}
        {firstParty ? null : <span class="quiet small">{lab ?? 'lab unknown'}</span>}{' '}
        {status === 'active' ? null : <Chip tone="past">{status}</Chip>}
        <div class="quiet small id">{value}</div>
      </th>
      <td>{type}</td>
      <td>
        <Score value={iq} of="Intelligence" />
      </td>
      <td class="number">
        <Price usd={pricing?.input} />
      </td>
      <td class="number">
        <Price usd={pricing?.output} />
      </td>
      <td class="number">{metrics?.contextWindow ? formatTokens(metrics.contextWindow) : <Unknown />}</td>
      <td class="number">{releaseDate ? formatDate(releaseDate) : <Unknown />}</td>
    </tr>
  )
}
