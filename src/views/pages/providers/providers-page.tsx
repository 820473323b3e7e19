/** Every provider: how many models it offers, how many of them are its own, and how to call it. */

import type { Provider } from '../../../core/schema/model.ts'
import { Chip } from '../elements/chip.tsx'
import { Heads } from '../elements/heads.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { Unknown } from '../elements/unknown.tsx'
import { formatCount, formatNumber } from '../format/numbers.ts'
import { providerPath } from '../format/paths.ts'
import type { PageContent } from '../layout/layout.tsx'
import { ExternalLink, Link } from '../layout/link.tsx'

export interface ProviderEntry {
  provider: Provider
  models: number
  firstParty: number
}

export function providersContent(entries: readonly ProviderEntry[]): PageContent {
  const models = entries.reduce((sum, entry) => sum + entry.models, 0)
  return {
    title: 'Providers',
    description: `${formatCount(entries.length, 'provider')} of language models, with the models they offer and how they are called.`,
    body: (
      <>
        <h1>Providers</h1>
        <p class="quiet">
          {formatCount(entries.length, 'provider')} with {formatCount(models, 'model')}. Labs make models; hosts serve
          models made by others; many providers do both.
        </p>
        <ScrollTable label="Providers" class="providers">
          <Heads
            titles={['Provider', { number: 'Models' }, { number: 'First-party' }, 'AI SDK package', 'Documentation']}
          />
          <tbody>{entries.map(ProviderRow)}</tbody>
        </ScrollTable>
      </>
    ),
  }
}

function ProviderRow({ provider, models, firstParty }: ProviderEntry) {
  const { value, name, status, api } = provider
  return (
    <tr>
      <th scope="row">
        <Link href={providerPath(value)}>{name}</Link> <span class="quiet small">{value}</span>{' '}
        {status === 'active' ? null : <Chip tone="past">{status}</Chip>}
      </th>
      <td class="number">{formatNumber(models)}</td>
      <td class="number">{firstParty === 0 ? <span class="quiet">0</span> : formatNumber(firstParty)}</td>
      <td class="nowrap">{api?.npm ? <code>{api.npm}</code> : <Unknown />}</td>
      <td>{api?.docs ? <ExternalLink href={api.docs}>{hostOf(api.docs)}</ExternalLink> : <Unknown />}</td>
    </tr>
  )
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}
