/**
 * Models as points, with the line of those that no other beats. It is for the eye: the numbers and the links stand in a
 * table beneath.
 */
import { withQuery } from '../format/paths.ts'
import { type AskedMoment, momentQuery } from '../layout/frame.ts'
import { linearScale, logScale, type Scale } from './scale.ts'

export interface ChartPoint {
  name: string
  href: string
  x: number
  y: number
}

interface ScatterProps {
  points: readonly ChartPoint[]
  front: readonly ChartPoint[]
  xName: string
  yName: string
  formatX: (value: number) => string
  better: 'low' | 'high'
  asked: AskedMoment | undefined
}

const WIDTH = 960
const HEIGHT = 540
const LEFT = 56
const RIGHT = 24
const TOP = 20
const BOTTOM = 52

export function Scatter({ points, front, xName, yName, formatX, better, asked }: ScatterProps) {
  const x = logScale(
    points.map((point) => point.x),
    [LEFT, WIDTH - RIGHT],
  )
  const y = linearScale(
    points.map((point) => point.y),
    [HEIGHT - BOTTOM, TOP],
  )
  const onFront = new Set(front)
  return (
    <svg class="scatter" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <Axes x={x} y={y} xName={xName} yName={yName} formatX={formatX} />
      {points
        .filter((point) => !onFront.has(point))
        .map((point) => (
          <Mark point={point} x={x} y={y} asked={asked} />
        ))}
      <path class="front" d={frontPath(front, x, y, better)} />
      {front.map((point) => (
        <Mark point={point} x={x} y={y} asked={asked} isFront />
      ))}
      <Labels front={front} x={x} y={y} />
    </svg>
  )
}

interface Placed {
  x: Scale
  y: Scale
}

function Axes({ x, y, xName, yName, formatX }: Placed & Pick<ScatterProps, 'xName' | 'yName' | 'formatX'>) {
  const bottom = HEIGHT - BOTTOM
  return (
    <g class="axes">
      {y.ticks.map((tick) => (
        <>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y.place(tick)} y2={y.place(tick)} />
          <text x={LEFT - 8} y={y.place(tick) + 4} text-anchor="end">
            {tick}
          </text>
        </>
      ))}
      {x.ticks.map((tick) => (
        <text x={x.place(tick)} y={bottom + 20} text-anchor="middle">
          {formatX(tick)}
        </text>
      ))}
      <text x={WIDTH - RIGHT} y={HEIGHT - 8} text-anchor="end" class="title">
        {xName}
      </text>
      <text x={LEFT} y={TOP - 6} class="title">
        {yName}
      </text>
    </g>
  )
}

function Mark({
  point,
  x,
  y,
  asked,
  isFront,
}: Placed & { point: ChartPoint; asked: AskedMoment | undefined; isFront?: boolean }) {
  return (
    // The table beneath has the same links, in an order that a keyboard can follow.
    <a href={withQuery(point.href, momentQuery(asked))} tabindex={-1}>
      <circle
        class={isFront ? 'on-front' : undefined}
        cx={round(x.place(point.x))}
        cy={round(y.place(point.y))}
        r={isFront ? 5.5 : 4}
      >
        <title>{point.name}</title>
      </circle>
    </a>
  )
}

/** A stepped line: between two points of the front, the best available model is the worse of the two. */
function frontPath(front: readonly ChartPoint[], x: Scale, y: Scale, better: 'low' | 'high'): string {
  const places = front.map((point) => [round(x.place(point.x)), round(y.place(point.y))] as const)
  return places
    .map(([across, down], index) =>
      index === 0 ? `M${across} ${down}` : better === 'low' ? `H${across}V${down}` : `V${down}H${across}`,
    )
    .join('')
}

const LINE_HEIGHT = 15
const LETTER_WIDTH = 6.6

interface Box {
  left: number
  right: number
  baseline: number
}

/** A name is left out where it would cover one that is placed already. */
function Labels({ front, x, y }: Placed & { front: readonly ChartPoint[] }) {
  const placed: Box[] = []
  return (
    <g class="labels">
      {[...front].reverse().map((point) => {
        const box = boxOf(point, x, y)
        if (placed.some((other) => overlaps(box, other))) return null
        placed.push(box)
        return (
          <text x={round(box.left)} y={round(box.baseline)}>
            {point.name}
          </text>
        )
      })}
    </g>
  )
}

function boxOf({ name, x: value, y: height }: ChartPoint, x: Scale, y: Scale): Box {
  const width = name.length * LETTER_WIDTH
  const right = Math.min(x.place(value) - 9, WIDTH - RIGHT)
  const left = Math.max(right - width, LEFT + 4)
  return { left, right: left + width, baseline: y.place(height) - 5 }
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && Math.abs(a.baseline - b.baseline) < LINE_HEIGHT
}

const round = (value: number): number => Math.round(value * 10) / 10
