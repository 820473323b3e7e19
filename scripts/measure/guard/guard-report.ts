/** What `measure-guard` prints. */
import { textTable } from '../../../src/cli/shared/table.ts'
import type { ReplayedPull } from './guarded-replay.ts'
import type { IncidentResult } from './incidents.ts'

export function describePull({ label, before, after, held }: ReplayedPull): string {
  const head = `${label}  ${before} -> ${after} models`
  if (held.length === 0) return head
  const lines = held.flatMap(({ provider, reasons, confirmed }) =>
    reasons.map(({ code, text, examples }) => {
      const what = `${confirmed ? 'confirmed' : 'HELD'} ${provider ?? 'the whole'}`
      return `    ${what}: ${code}: ${text}\n      ${examples.slice(0, 3).join(', ')}`
    }),
  )
  return [head, ...lines].join('\n')
}

export function describeReplay(source: string, pulls: ReplayedPull[]): string {
  const isHeld = (whole: boolean) => (pull: ReplayedPull) =>
    pull.held.some(({ provider, confirmed }) => !confirmed && (provider === undefined) === whole)
  const times = pulls.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  const median = times[times.length >> 1] ?? 0
  return `${source}: of ${pulls.length} pulls, ${pulls.filter(isHeld(true)).length} held as a whole, ${
    pulls.filter(isHeld(false)).length
  } with a provider held; a comparison took ${median.toFixed(2)} ms in the median`
}

export function describeIncidents(title: string, results: IncidentResult[]): string {
  const lines = results.map(({ name, whole, providers, held, largestMissed }) => [
    name,
    whole ? 'held' : 'TAKEN',
    `${held} of ${providers}`,
    largestMissed ? `${largestMissed.provider} (${largestMissed.rows})` : '-',
  ])
  return textTable(title, ['incident', 'at all', 'at one alone: held', 'largest taken (rows)'], lines)
}
