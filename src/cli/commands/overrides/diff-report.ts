/** What a push would change, as lines for a terminal, and its outcome. */
import type { Change, Diff } from '../../../core/schema/history.ts'
import type { Model } from '../../../core/schema/model.ts'
import type { Outcome } from '../../../core/schema/operations.ts'
import type { Paint } from '../../shared/terminal.ts'
import { nameOf, type PlannedChange } from './push-plan.ts'

type PublicDiff = Pick<Diff, 'summary' | 'providers' | 'models'>

export function changesManifest(diff: PublicDiff | undefined): boolean {
  return diff !== undefined && keysOf(diff).size > 0
}

export function describeChanges(changes: readonly PlannedChange[], diff: PublicDiff | undefined, paint: Paint): string {
  const shown = diff ? keysOf(diff) : new Set<string>()
  const quiet = changes.filter(({ override }) => !shown.has(nameOf(override)))
  return [
    ...(diff && shown.size > 0 ? describeDiff(diff, paint) : ['The manifest does not change.']),
    ...(quiet.length > 0 ? ['', 'Overrides that do not change the manifest:'] : []),
    ...quiet.map(({ kind, override }) => paint('dim', `  ${nameOf(override)} (${kind})`)),
  ].join('\n')
}

export function describeOutcome({ outcome, version, seq, pinned }: Outcome): string {
  const row = version && [version, seq !== undefined && `seq ${seq}`].filter(Boolean).join(', ')
  switch (outcome) {
    case 'committed':
      return `Committed: ${row}`
    case 'unchanged':
      return `Recorded; the manifest is unchanged: ${row}`
    case 'pinned':
      return `Recorded; served once the pin on ${pinned} is lifted`
    case 'would-commit':
      return 'Dry run: the change would be committed'
    case 'would-not-change':
      return 'Dry run: the manifest would not change'
    case 'held':
    case 'rejected':
    case 'failed':
      return `The registry returned: ${outcome}`
  }
}

function describeDiff({ summary, providers, models }: PublicDiff, paint: Paint): string[] {
  const added = (text: string) => paint('green', `+ ${text}`)
  const removed = (text: string) => paint('red', `- ${text}`)
  const changed = (target: { provider: string; value?: string }, changes: readonly Change[]) => [
    paint('yellow', `~ ${nameOf(target)}`),
    ...changes.map((change) => describeChange(change, paint)),
  ]
  return [
    ...providers.removed.map(({ value }) => removed(nameOf({ provider: value }))),
    ...providers.added.map(({ value, name }) => added(`${nameOf({ provider: value })}  ${quote(name)}`)),
    ...providers.changed.flatMap(({ provider, changes }) => changed({ provider }, changes)),
    ...models.removed.map((model) => removed(nameOf(model))),
    ...models.added.map((model) => added(`${nameOf(model)}  ${describeModel(model)}`)),
    ...models.changed.flatMap((model) => changed(model, model.changes)),
    ...countProviders(providers).map((line) => paint('bold', line)),
    paint('bold', `Models: ${countsOf(summary)}`),
  ]
}

function countProviders({ added, removed, changed }: PublicDiff['providers']): string[] {
  const counts = { added: added.length, removed: removed.length, changed: changed.length }
  return Object.values(counts).some(Boolean) ? [`Providers: ${countsOf(counts)}`] : []
}

const countsOf = ({ added, removed, changed }: PublicDiff['summary']): string =>
  `${added} added, ${removed} removed, ${changed} changed`

function describeModel({ name, pricing: { input, output } = {} }: Model): string {
  const prices = [input !== undefined && `input ${input}`, output !== undefined && `output ${output}`].filter(Boolean)
  return [quote(name), ...(prices.length > 0 ? [`USD per 1M tokens: ${prices.join(', ')}`] : [])].join('  ')
}

function describeChange({ path, before, after }: Change, paint: Paint): string {
  return `    ${path}  ${paint('red', quote(before))} -> ${paint('green', quote(after))}`
}

function keysOf({ providers, models }: PublicDiff): Set<string> {
  return new Set([
    ...[...providers.added, ...providers.removed].map(({ value }) => nameOf({ provider: value })),
    ...providers.changed.map(nameOf),
    ...[...models.added, ...models.removed, ...models.changed].map(nameOf),
  ])
}

/** As JSON: text from elsewhere must not control the terminal. */
const quote = (fact: unknown): string => (fact === undefined ? 'unknown' : JSON.stringify(fact))
