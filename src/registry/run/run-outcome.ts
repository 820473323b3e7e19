/** The outcome of a run over several sources, from its commit and the outcome of each source. Pure. */
import { fail, ok, type Result, type SourceFailure, type SourceFailureReason } from '../../core/failure.ts'
import type { Outcome, SourceOutcome } from '../../core/schema/operations.ts'
import type { SourceName } from '../../core/vocabulary.ts'

/** `asked`: the source in the request, if it named one. */
export function outcomeOfRun(
  committed: Outcome | undefined,
  outcomes: ReadonlyMap<SourceName, SourceOutcome>,
  asked: SourceName | undefined,
): Result<Outcome, SourceFailure> {
  const all = [...outcomes.values()]
  const sources = Object.fromEntries(outcomes)
  const [failed] = all.filter(({ outcome }) => outcome === 'failed')
  if (failed && all.every(({ outcome }) => outcome === 'failed')) return fail(failureOf(failed, all, sources))
  const reasons = all.flatMap((outcome) => outcome.reasons ?? [])
  const isHeld = all.some(({ outcome }) => outcome === 'held')
  const unchanged = committed?.outcome === 'unchanged' || committed === undefined
  return ok({
    ...(committed ?? { outcome: 'unchanged' as const }),
    ...(unchanged && isHeld && { outcome: 'held' as const }),
    ...(reasons.length > 0 && { reasons }),
    ...(asked === undefined && { sources }),
  })
}

function failureOf(
  first: SourceOutcome,
  all: readonly SourceOutcome[],
  sources: Record<string, SourceOutcome>,
): SourceFailure {
  // The code of a failed source is its reason.
  const reason = (first.code ?? 'invalid') as SourceFailureReason
  const details = all.flatMap(({ detail }) => detail ?? [])
  return { code: 'source-failed', reason, detail: details.join('. '), sources }
}
