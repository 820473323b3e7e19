/** The requests of readers and their frequencies: a typical mix of apps and people, with every kind of read. */
import type { Chance } from '../shared/seeded-chance.ts'

/** Known content to request. */
export interface Known {
  /** Models that no pull removes, all of one provider. */
  provider: string
  values: string[]
  /** Of the past. */
  versions: string[]
}

export interface Read {
  /** The route, as in docs/api.md. */
  route: string
  path: string
  /** The answer is of this version, whatever is current. */
  version?: string
}

const SEARCHES = [
  'capability=reasoning&minIq=2',
  'sort=-iq&limit=10',
  'name=model&minSpeed=2',
  'maxInputPrice=1&sort=price',
]

const LISTS = ['/', '/?q=model', '/?sort=-iq', '/?page=2']
const USAGE = encodeURIComponent('{"input_tokens":1000,"output_tokens":100}')

const READS: [weight: number, read: (known: Known, chance: Chance) => Read][] = [
  [6, () => ({ route: '/v1/version', path: '/v1/version' })],
  [4, () => ({ route: '/v1/manifest', path: '/v1/manifest' })],
  [
    4,
    (_, chance) => ({
      route: '/v1/models/search',
      path: `/v1/models/search?${SEARCHES[chance.below(SEARCHES.length)]}`,
    }),
  ],
  [
    4,
    ({ provider, values }, chance) => ({
      route: '/v1/models/:provider/:value',
      path: `/v1/models/${provider}/${pick(values, chance)}`,
    }),
  ],
  [2, () => ({ route: '/v1/providers', path: '/v1/providers' })],
  [2, () => ({ route: '/v1/versions', path: '/v1/versions?limit=5' })],
  [
    1,
    ({ provider, values }, chance) => ({
      route: '/v1/models/:provider/:value/history',
      path: `/v1/models/${provider}/${pick(values, chance)}/history`,
    }),
  ],
  [3, (_, chance) => ({ route: '/', path: LISTS[chance.below(LISTS.length)] ?? '/' })],
  [
    3,
    ({ provider, values }, chance) => ({
      route: '/models/:provider/:value',
      path: `/models/${provider}/${pick(values, chance)}`,
    }),
  ],
  [1, ({ provider }) => ({ route: '/providers/:provider', path: `/providers/${provider}` })],
  [1, () => ({ route: '/changes', path: '/changes' })],
  [1, () => ({ route: '/versions', path: '/versions' })],
  [1, () => ({ route: '/charts', path: '/charts' })],
  [
    1,
    ({ provider, values }, chance) => ({
      route: '/compare',
      path: `/compare?m=${provider}/${pick(values, chance)}&m=${provider}/${pick(values, chance)}`,
    }),
  ],
  [
    1,
    ({ provider, values }, chance) => ({
      route: '/cost',
      path: `/cost?model=${provider}/${pick(values, chance)}&usage=${USAGE}&when=2026-01-31`,
    }),
  ],
  [
    1,
    ({ versions }, chance) => {
      const version = pick(versions, chance)
      return { route: '/columns/:version', path: `/columns/${version}`, version }
    },
  ],
  [1, ({ versions }, chance) => ({ route: '/v1/diff', path: `/v1/diff?from=${pick(versions, chance)}` })],
  [
    2,
    ({ versions }, chance) => {
      const version = pick(versions, chance)
      return { route: '/v1/manifest?version=', path: `/v1/manifest?version=${version}`, version }
    },
  ],
]

const TOTAL_WEIGHT = READS.reduce((sum, [weight]) => sum + weight, 0)

export function chooseRead(known: Known, chance: Chance): Read {
  let left = chance.below(TOTAL_WEIGHT)
  const chosen = READS.find(([weight]) => {
    left -= weight
    return left < 0
  })
  // The weights add up to what was drawn from.
  return (chosen ?? READS[0])?.[1](known, chance) ?? { route: '/health', path: '/health' }
}

function pick<T>(items: readonly T[], chance: Chance): T {
  const [item] = chance.pick(items, 1)
  if (item === undefined) throw new Error('Cannot pick one of nothing')
  return item
}
