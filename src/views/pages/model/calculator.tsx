/** What a typical request costs, and a thousand of them. */
import type { Model } from '../../../core/schema/model.ts'
import { priceName } from '../format/facts.ts'
import { formatNumber, formatUsd } from '../format/numbers.ts'
import { modelPath } from '../format/paths.ts'
import { MomentFields } from '../layout/link.tsx'
import { type TypicalRequest, typicalCost } from './typical-cost.ts'

interface CalculatorProps {
  model: Model
  request: TypicalRequest
  /** When the request is made, where prices depend on the time of day. */
  at: string
}

const FIELDS = [
  ['input', 'Prompt tokens'],
  ['cached', 'Cached of these'],
  ['output', 'Output tokens'],
  ['requests', 'Requests'],
] as const

export function Calculator({ model, request, at }: CalculatorProps) {
  const modes = Object.keys(model.pricing?.modes ?? {})
  return (
    <form
      action={`${modelPath(model)}#calculator`}
      class="calculator"
      id="calculator"
      data-model={JSON.stringify({ pricing: model.pricing, billing: model.billing })}
      data-at={at}
    >
      <MomentFields />
      <h3>Estimate a cost</h3>
      <div class="line">
        {FIELDS.map(([name, label]) => (
          <label>
            {label}
            <input
              type="number"
              name={name}
              value={request[name]}
              min="0"
              max="1000000000"
              step="1"
              inputmode="numeric"
            />
          </label>
        ))}
        {modes.length > 0 ? (
          <label>
            Mode
            <select name="mode">
              <option value="">standard</option>
              {modes.map((mode) => (
                <option value={mode} selected={mode === request.mode}>
                  {mode}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <button type="submit" class="plain">
          Calculate
        </button>
      </div>
      <output for="input cached output requests">
        <Sum model={model} request={request} at={at} />
      </output>
    </form>
  )
}

export function Sum({
  model,
  request,
  at,
}: { model: Pick<Model, 'billing' | 'pricing'> } & Omit<CalculatorProps, 'model'>) {
  const cost = typicalCost(model, request, at)
  if (!cost.ok) return <span class="quiet">Unknown: {cost.failure.detail}.</span>
  const { usd, lines } = cost.value
  return (
    <>
      <strong class="sum">{formatUsd(usd * request.requests)}</strong> for {formatNumber(request.requests)}{' '}
      {request.requests === 1 ? 'request' : 'requests'}, {formatUsd(usd)} each
      <span class="quiet">
        {lines.map(({ kind, tokens, price }) => (
          <>
            {' · '}
            {formatNumber(tokens)} {priceName(kind).toLowerCase()} at {formatUsd(price)}
          </>
        ))}
      </span>
    </>
  )
}
