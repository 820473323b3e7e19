/** Every price and score that a model had: a chart of each that moved, a line for those that never did. */
import type { ModelHistory } from '../../../core/schema/history.ts'
import type { PricePeriod } from '../../../core/schema/price-period.ts'
import { constantFact, StepChart } from '../charts/step-chart.tsx'
import { priceSeries, scoreSeries } from '../charts/step-series.ts'
import { Facts } from '../elements/facts.tsx'
import { formatDate } from '../format/dates.ts'

interface OverTimeProps {
  history: ModelHistory
  periods: readonly PricePeriod[]
  until: string
}

export function OverTime({ history, periods, until }: OverTimeProps) {
  const series = [...priceSeries(periods, until), ...scoreSeries(history)]
  const [from = until] = series.flatMap(({ points }) => points[0]?.at ?? []).sort()
  if (from >= until) return null
  const moved = series.filter(({ points }) => points.length > 1)
  const constant = series.filter(({ points }) => points.length === 1)
  return (
    <section aria-labelledby="over-time">
      <h2 id="over-time">Over time</h2>
      {moved.length > 0 ? (
        <div class="charts">
          {moved.map((one) => (
            <StepChart series={one} from={from} until={until} />
          ))}
        </div>
      ) : null}
      {constant.length > 0 ? <Facts facts={constant.map(constantFact)} /> : null}
      <p class="quiet small">{whence(periods)} Each value holds until the next change.</p>
    </section>
  )
}

/** Who says what prices were: this registry, which saw them, or a record of the past. */
function whence(periods: readonly PricePeriod[]): string {
  const sources = [
    ...new Set(periods.flatMap(({ basis, source }) => (basis === 'documented' ? [source ?? 'a record'] : []))),
  ]
  const observed = periods.find(({ basis }) => basis === 'observed')
  if (sources.length === 0) return 'As observed by this registry.'
  const documented = `Prices as documented by ${sources.join(', ')}`
  return observed ? `${documented}; observed by this registry from ${formatDate(observed.from)} on.` : `${documented}.`
}
