/** Renders the sum to the same HTML as the server. */
import type { Model } from '../core/schema/model.ts'
import { Sum } from '../views/pages/model/calculator.tsx'
import type { TypicalRequest } from '../views/pages/model/typical-cost.ts'

export function sumHtml(model: Pick<Model, 'billing' | 'pricing'>, request: TypicalRequest, at: string): string {
  return (<Sum model={model} request={request} at={at} />).toString()
}
