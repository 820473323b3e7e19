/** Quality against price and against speed: which models give the most for the money, and for the time. */

import type { Model } from '../../../core/schema/model.ts'
import { Heads } from '../elements/heads.tsx'
import { ScrollTable } from '../elements/table.tsx'
import { formatNumber, formatUsd } from '../format/numbers.ts'
import { modelPath } from '../format/paths.ts'
import type { AskedMoment } from '../layout/frame.ts'
import type { PageContent } from '../layout/layout.tsx'
import { Link, MomentFields } from '../layout/link.tsx'
import { paretoFront } from './pareto-front.ts'
import { QUALITIES, type Quality } from './qualities.ts'
import { type ChartPoint, Scatter } from './scatter.tsx'

export interface ChartsPage {
  /** One of each family, at its own lab. */
  models: readonly Model[]
  quality: Quality
  labs: readonly string[]
  chosen: { lab?: string | undefined; openWeights?: boolean | undefined }
  asked: AskedMoment | undefined
}

export function chartsContent({ models, quality, labs, chosen, asked }: ChartsPage): PageContent {
  const priced = pointsOf(models, quality, ({ pricing }) => pricing?.blended)
  const timed = pointsOf(models, quality, ({ metrics }) => metrics?.outputTokensPerSecond)
  return {
    title: 'Charts',
    description: 'The quality of language models against their price and their speed, with the best trade-offs marked.',
    body: (
      <>
        <h1>Charts</h1>
        <Filters quality={quality} labs={labs} chosen={chosen} />
        <Chart
          title={`${QUALITIES[quality].name} against price`}
          points={priced}
          quality={quality}
          xName="USD per million tokens, three input to one output"
          formatX={formatUsd}
          better="low"
          asked={asked}
        />
        <Chart
          title={`${QUALITIES[quality].name} against speed`}
          points={timed}
          quality={quality}
          xName="Output tokens per second"
          formatX={formatNumber}
          better="high"
          asked={asked}
        />
      </>
    ),
  }
}

/** A price of 0 has no place on a scale of ratios. */
function pointsOf(
  models: readonly Model[],
  quality: Quality,
  across: (model: Model) => number | undefined,
): ChartPoint[] {
  return models.flatMap((model) => {
    const [x, y] = [across(model), QUALITIES[quality].of(model)]
    return x === undefined || x <= 0 || y === undefined ? [] : [{ name: model.alias, href: modelPath(model), x, y }]
  })
}

function Filters({ quality, labs, chosen }: Pick<ChartsPage, 'quality' | 'labs' | 'chosen'>) {
  return (
    <form action="/charts" class="inline">
      <MomentFields />
      <label>
        Quality{' '}
        <select name="quality">
          {Object.entries(QUALITIES).map(([value, { name }]) => (
            <option value={value} selected={value === quality}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Lab{' '}
        <select name="lab">
          <option value="">All</option>
          {labs.map((lab) => (
            <option value={lab} selected={lab === chosen.lab}>
              {lab}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input type="checkbox" name="openWeights" value="true" checked={chosen.openWeights === true} /> Open weights
        only
      </label>
      <button type="submit">Show</button>
    </form>
  )
}

interface ChartProps {
  title: string
  points: readonly ChartPoint[]
  quality: Quality
  xName: string
  formatX: (value: number) => string
  better: 'low' | 'high'
  asked: AskedMoment | undefined
}

function Chart({ title, points, quality, xName, formatX, better, asked }: ChartProps) {
  const { name: yName, source } = QUALITIES[quality]
  const front = paretoFront(points, better)
  return (
    <section>
      <h2>{title}</h2>
      {points.length === 0 ? (
        <p class="quiet">No model in this selection has both figures.</p>
      ) : (
        <>
          <figure>
            <section class="scroll plot" tabindex={0} aria-label={title}>
              <Scatter {...{ points, front, xName, yName, formatX, better, asked }} />
            </section>
            <figcaption class="small quiet">
              {source}. {points.length} models at their own labs, one of each family. The line joins the {front.length}{' '}
              that no other model beats on both.
            </figcaption>
          </figure>
          <Numbers title={title} points={points} front={front} {...{ xName, yName, formatX }} />
        </>
      )}
    </section>
  )
}

function Numbers({
  title,
  points,
  front,
  xName,
  yName,
  formatX,
}: Pick<ChartProps, 'title' | 'points' | 'xName' | 'formatX'> & { front: readonly ChartPoint[]; yName: string }) {
  const onFront = new Set(front)
  const ordered = [...points].sort((a, b) => b.y - a.y || a.x - b.x)
  return (
    <details>
      <summary>The numbers</summary>
      <ScrollTable label={title}>
        <Heads titles={['Model', { number: yName }, { number: xName }, 'Unbeaten']} />
        <tbody>
          {ordered.map((point) => (
            <tr>
              <th scope="row">
                <Link href={point.href}>{point.name}</Link>
              </th>
              <td class="number">{formatNumber(point.y)}</td>
              <td class="number">{formatX(point.x)}</td>
              <td>{onFront.has(point) ? 'yes' : ''}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </details>
  )
}
