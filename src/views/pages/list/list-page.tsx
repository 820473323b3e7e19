/** The list of all models. */
import type { Model } from '../../../core/schema/model.ts'
import { Price } from '../elements/price.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { formatTokens } from '../format/numbers.ts'
import { modelPath } from '../format/paths.ts'
import type { PageContent } from '../layout/layout.tsx'
import { SITE_NAME } from '../layout/layout.tsx'
import { Link } from '../layout/link.tsx'

export function listContent(models: readonly Model[]): PageContent {
  return {
    title: SITE_NAME,
    description: 'Language models with their prices, limits and scores, at every provider and at any moment.',
    body: (
      <>
        <h1>All models</h1>
        <ScrollTable label="Models">
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col" class="number">
                Input
              </th>
              <th scope="col" class="number">
                Output
              </th>
              <th scope="col" class="number">
                Context
              </th>
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <tr>
                <th scope="row">
                  <Link href={modelPath(model)}>{model.name}</Link>
                </th>
                <td class="number">
                  <Price usd={model.pricing?.input} />
                </td>
                <td class="number">
                  <Price usd={model.pricing?.output} />
                </td>
                <td class="number">{model.metrics?.contextWindow && formatTokens(model.metrics.contextWindow)}</td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      </>
    ),
  }
}
