/** The outcomes of a replay, as the table it ends with. */
import { labelledLines, medianOf } from '../../shared/table.ts'
import type { NotAPull } from './recorded-pull-files.ts'
import type { Fate, Sent } from './replay-pulls.ts'

export interface Replayed {
  sent: Sent[]
  notPulls: NotAPull[]
}

/** Fates in the order of the table; those that are not `always` are shown only if there are any. */
const ROWS: { label: string; fates: Fate[]; always: boolean }[] = [
  { label: 'versions made', fates: ['committed'], always: true },
  { label: 'unchanged', fates: ['unchanged'], always: true },
  { label: 'held', fates: ['held'], always: true },
  { label: 'recorded while pinned', fates: ['pinned'], always: false },
  { label: 'already there', fates: ['there'], always: false },
  { label: 'older than the registry', fates: ['passed'], always: false },
]
const REFUSALS: Fate[] = ['refused', 'rejected', 'failed']

export function describeReplay(replayed: Replayed): string {
  const { sent, notPulls } = replayed
  const refused = refusalsOf(replayed)
  const held = sent.filter(({ fate }) => fate === 'held')
  const counts = ROWS.map(({ label, fates, always }) => ({ label, always, count: countOf(sent, fates) }))
  const rows: [string, string][] = [
    ['pulls sent', String(sent.length)],
    ...counts
      .filter(({ always, count }) => always || count > 0)
      .map(({ label, count }): [string, string] => [label, String(count)]),
    ['refused', String(refused.length)],
    ...timeRows(sent.map(({ milliseconds }) => milliseconds)),
  ]
  return [
    ...labelledLines(rows),
    ...list('Held', held),
    ...list('Refused', refused),
    ...(sent.length + notPulls.length === 0 ? ['Nothing to send.'] : []),
  ].join('\n')
}

export function refusalsOf({ sent, notPulls }: Replayed): { file: string; reason?: string }[] {
  const refused = sent.filter(({ fate }) => REFUSALS.includes(fate))
  return [...notPulls.map(({ file, detail }) => ({ file, reason: detail })), ...refused]
}

function countOf(sent: Sent[], fates: Fate[]): number {
  return sent.filter(({ fate }) => fates.includes(fate)).length
}

function timeRows(milliseconds: number[]): [string, string][] {
  if (milliseconds.length === 0) return []
  const rounded = [medianOf(milliseconds), Math.max(...milliseconds)].map(Math.round)
  return [['time per pull', `median ${rounded[0]} ms, max ${rounded[1]} ms`]]
}

function list(title: string, entries: { file: string; reason?: string }[]): string[] {
  if (entries.length === 0) return []
  return ['', `${title}:`, ...entries.map(({ file, reason }) => `  ${file}: ${reason ?? 'no reason given'}`)]
}
