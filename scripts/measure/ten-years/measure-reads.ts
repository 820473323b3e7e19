/**
 * What reads of the history cost the Durable Object, which is asked past the Worker and its caches. A call that reads
 * the pointer to the newest row is the overhead of any call: HTTP to workerd, RPC to the object, one small query.
 */

import { type Call, type Measured, measure } from '../shared/measure.ts'
import type { Harness } from '../workerd/harness.ts'
import { depthsOf } from './depths.ts'

export interface ReadCosts {
  overhead: Measured
  newest: Measured
  /** Manifests, and diffs of neighbours, by depth. */
  depths: { name: string; manifest: Measured; diff: Measured }[]
  /** Diffs of rows far apart. */
  wide: { name: string; diff: Measured }[]
}

const WARM_UP = 20
const WIDE_CALLS = 10
const WIDE_STEPS = { 'a week': 7, 'a month': 30, 'a year': 365, 'nine years': 3285 }

export async function measureReads(harness: Harness, newest: number): Promise<ReadCosts> {
  const point = () => () => harness.call('current')
  const read = (seq: number) => () => harness.call('manifest', seq)
  const compare = (seq: number) => () => harness.call('diff', seq - 1, seq, {})
  await warmUp([point, read, compare])

  const depths = depthsOf(newest)
  const seqs = depths[0]?.seqs ?? []
  const overhead = await measure(harness, seqs.map(point))
  const readNewest = seqs.map(() => read(newest))
  const costs: ReadCosts = { overhead, newest: await measure(harness, readNewest), depths: [], wide: [] }
  for (const { name, seqs } of depths) {
    const manifest = await measure(harness, seqs.map(read))
    costs.depths.push({ name, manifest, diff: await measure(harness, seqs.map(compare)) })
  }
  for (const [name, step] of Object.entries(WIDE_STEPS))
    if (step + WIDE_CALLS < newest) costs.wide.push({ name, diff: await measureWide(harness, step) })
  return costs
}

function measureWide(harness: Harness, step: number): Promise<Measured> {
  const starts = Array.from({ length: WIDE_CALLS }, (_, index) => index + 1)
  const calls = starts.map((from) => () => harness.call('diff', from, from + step, {}))
  return measure(harness, calls)
}

/** The first calls of each kind are slower: the code is not compiled yet. The rows are not among the measured ones. */
async function warmUp(kinds: ((seq: number) => Call)[]): Promise<void> {
  for (const kind of kinds) for (let count = 0; count < WARM_UP; count++) await kind(2)()
}
