/** Incidents at sources, simulated on an ordinary pull: each must be held. */
import { guardCatalogue } from '../../../src/core/guard/guard-catalogue.ts'
import type { CatalogueLimits } from '../../../src/core/guard/guard-limits.ts'
import type { GuardedRow } from '../../../src/core/guard/guarded-row.ts'
import { judge } from './guarded-replay.ts'
import type { RecordedPull, Rows } from './recorded-pull.ts'

interface Incident {
  name: string
  spoil: (rows: Rows) => Rows
  /** The incident at one provider, if it is smaller there. */
  spoilAlone?: (rows: Rows) => Rows
}

/** Prices and speeds, where there are any. */
const scaled = (factor: number) => (rows: Rows) =>
  rows.map((row) => ({ ...row, ...mapFields(row, ['input', 'output', 'speed'], (value) => value * factor) }))

const MADE_UP = 'made-up'
const MADE_UP_ROWS: Rows = Array.from({ length: 60_000 }, (_, index) => ({
  provider: MADE_UP,
  value: `${MADE_UP}-${index}`,
  input: 1,
  output: 2,
}))

const INCIDENTS: readonly Incident[] = [
  { name: 'every price and speed 0', spoil: scaled(0) },
  { name: 'every price and speed x 1e-6', spoil: scaled(1e-6) },
  { name: 'every price and speed x 1e5', spoil: scaled(1e5) },
  { name: 'a third of the rows missing', spoil: (rows) => rows.filter((_, index) => index % 3 !== 0) },
  { name: 'every row missing', spoil: () => [] },
  { name: 'every price missing', spoil: (rows) => rows.map(({ input: _, output: __, ...row }) => row) },
  { name: 'every speed missing', spoil: (rows) => rows.map(({ speed: _, ...row }) => row) },
  { name: 'every score missing', spoil: (rows) => rows.map(({ score: _, ...row }) => row) },
  {
    name: '60,000 rows more, 2,000 at one',
    spoil: (rows) => [...rows, ...MADE_UP_ROWS],
    spoilAlone: (rows) => [...rows, ...MADE_UP_ROWS.slice(0, 2_000)],
  },
]

export interface IncidentResult {
  name: string
  /** The whole pull is held. */
  whole: boolean
  /** Of the providers that the incident concerns, those at which it is held if it happens at them alone. */
  providers: number
  held: number
  /** The largest provider is among them. */
  largestHeld: boolean
  largestMissed?: { provider: string; rows: number }
}

/** Incidents for which the pull has no facts are skipped. */
export function measureIncidents({ providers }: RecordedPull, limits: CatalogueLimits): IncidentResult[] {
  const bySize = [...providers].sort(([, a], [, b]) => b.length - a.length)
  return INCIDENTS.flatMap(({ name, spoil, spoilAlone = spoil }) => {
    const concerned = bySize.filter(([, rows]) => differs(rows, spoilAlone(rows)))
    if (concerned.length === 0) return []
    const missed = concerned.filter(([provider, rows]) => !isHeldAlone(providers, provider, spoilAlone(rows), limits))
    const [largestMissed] = missed.map(([provider, { length }]) => ({ provider, rows: length }))
    return [
      {
        name,
        whole: isWholeHeld(providers, spoil, limits),
        providers: concerned.length,
        held: concerned.length - missed.length,
        largestHeld: largestMissed?.provider !== concerned[0]?.[0],
        ...(largestMissed && { largestMissed }),
      },
    ]
  })
}

/** Growth is spread over the providers, as if it were one of each of them. */
function isWholeHeld(providers: RecordedPull['providers'], spoil: Incident['spoil'], limits: CatalogueLimits): boolean {
  const all = spoil([...providers.values()].flat())
  const names = [...providers.keys()]
  const spread = all.map((row, index) =>
    row.provider === MADE_UP ? { ...row, provider: names[index % names.length] ?? row.provider } : row,
  )
  return (
    guardCatalogue(
      providers,
      Map.groupBy(spread, ({ provider }) => provider),
      limits,
    ).hold !== undefined
  )
}

/** Held at this provider only: the rest of the catalogue is accepted. */
function isHeldAlone(
  providers: RecordedPull['providers'],
  provider: string,
  rows: Rows,
  limits: CatalogueLimits,
): boolean {
  const next = new Map(providers)
  if (rows.length > 0) next.set(provider, rows)
  else next.delete(provider)
  const { hold, heldProviders } = judge(providers, next, limits)
  return hold === undefined && heldProviders.size === 1 && heldProviders.has(provider)
}

const differs = (a: Rows, b: Rows): boolean => a.length !== b.length || JSON.stringify(a) !== JSON.stringify(b)

function mapFields<K extends keyof GuardedRow>(row: GuardedRow, fields: readonly K[], map: (value: number) => number) {
  const known = fields.flatMap((field) => {
    const value = row[field]
    return typeof value === 'number' ? [[field, map(value)] as const] : []
  })
  return Object.fromEntries(known)
}
