/** The cost of reads as tables, with the targets of issue 3 next to the results. */

import { fixed, textTable } from '../../../src/cli/shared/table.ts'
import type { Measured } from '../shared/measure.ts'
import type { ReadCosts } from './measure-reads.ts'
import type { RequestCost } from './measure-requests.ts'

const MAX_PAST_RATIO = 3
const MIN_DIFF_RATIO = 20

/** Ratios are given as measured and net of the overhead of any call; the verdict goes by CPU, net. */
const HEAD = ['', 'ms', 'CPU ms', 'times', 'net', 'CPU times', 'net', 'aim']

export function describeReads({ overhead, newest, depths, wide }: ReadCosts): string {
  const manifests = depths.map(({ name, manifest }) => {
    const ratios = compare(manifest, newest, overhead)
    return [name, ...timesOf(manifest), ...ratiosOf(ratios), verdict(ratios.netCpu < MAX_PAST_RATIO)]
  })
  const diffs = depths.map(({ name, manifest, diff }) => {
    const ratios = compare(manifest, diff, overhead, 2)
    return [name, ...timesOf(diff), ...ratiosOf(ratios), verdict(ratios.netCpu >= MIN_DIFF_RATIO)]
  })
  return [
    textTable(
      `Manifests from the Durable Object (aim at 1,000 models: under ${MAX_PAST_RATIO} times the newest)`,
      HEAD,
      [['overhead: the newest pointer', ...timesOf(overhead)], ['the newest', ...timesOf(newest)], ...manifests],
    ),
    textTable(
      `Diffs of neighbours (aim at 1,000 models: both manifests cost at least ${MIN_DIFF_RATIO} times as much)`,
      HEAD,
      [...diffs, ...wide.map(({ name, diff }) => [`rows ${name} apart`, ...timesOf(diff)])],
    ),
  ].join('\n\n')
}

export function describeRequests(costs: RequestCost[]): string {
  const rows = costs.map(({ name, cost }) => [name, ...timesOf(cost)])
  return textTable('Requests through the Worker, each for a row that no cache knows', ['', 'ms', 'CPU ms'], rows)
}

interface Ratios {
  wall: number
  netWall: number
  cpu: number
  netCpu: number
}

/** How many times the one costs what the other does; `count` of the one. Infinite where the other is lost in the overhead. */
function compare(one: Measured, other: Measured, overhead: Measured, count = 1): Ratios {
  const ratio = (measure: (of: Measured) => number, less: number) =>
    (count * (measure(one) - less)) / Math.max(0, measure(other) - less)
  const wallOf = ({ wallMs }: Measured) => wallMs
  const cpuOf = ({ cpuMs }: Measured) => cpuMs
  return {
    wall: ratio(wallOf, 0),
    netWall: ratio(wallOf, overhead.wallMs),
    cpu: ratio(cpuOf, 0),
    netCpu: ratio(cpuOf, overhead.cpuMs),
  }
}

function timesOf({ wallMs, cpuMs }: Measured): string[] {
  return [wallMs.toFixed(2), cpuMs.toFixed(2)]
}

function ratiosOf({ wall, netWall, cpu, netCpu }: Ratios): string[] {
  return [wall, netWall, cpu, netCpu].map(fixed)
}

const verdict = (isReached: boolean): string => (isReached ? 'reached' : 'missed')
