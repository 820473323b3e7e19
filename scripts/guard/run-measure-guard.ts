/** The whole of `measure-guard` but for the process around it. */
import {
  ARTIFICIAL_ANALYSIS_LIMITS,
  type CatalogueLimits,
  MODELS_DEV_LIMITS,
} from '../../src/core/guard/guard-limits.ts'
import { readArtificialAnalysisPulls } from './artificial-analysis-pulls.ts'
import { GUARD_HELP, type GuardOptions, readGuardOptions } from './guard-options.ts'
import { describeIncidents, describePull, describeReplay } from './guard-report.ts'
import { GuardedReplay, type ReplayedPull } from './guarded-replay.ts'
import { type IncidentResult, measureIncidents } from './incidents.ts'
import { BODIES, readModelsDevBody, readModelsDevDays } from './models-dev-pulls.ts'
import type { RecordedPull } from './recorded-pull.ts'

/** Returns the exit code: 1 if an incident is not held. */
export async function runMeasureGuard(
  args: string[],
  env: NodeJS.ProcessEnv,
  out: { write: (text: string) => unknown },
): Promise<number> {
  const options = readGuardOptions(args, env)
  const print = (text: string) => out.write(`${text}\n`)
  if (!options) {
    print(GUARD_HELP)
    return 0
  }
  const pulls = readArtificialAnalysisPulls(options.folder)
  replay('Artificial Analysis', pulls, ARTIFICIAL_ANALYSIS_LIMITS, options, print)
  replay('models.dev', modelsDevPulls(options), MODELS_DEV_LIMITS, options, print)
  const bodies = BODIES.map((date) => readModelsDevBody(options.folder, date))
  const isHeld = [
    ...pulls.slice(-1).map((pull) => incidents('Artificial Analysis', pull, ARTIFICIAL_ANALYSIS_LIMITS, print)),
    ...bodies.map((pull) => incidents('models.dev', pull, MODELS_DEV_LIMITS, print)),
  ]
  return isHeld.every(Boolean) ? 0 : 1
}

type Print = (text: string) => void

function replay(
  source: string,
  pulls: Iterable<RecordedPull>,
  limits: CatalogueLimits,
  { heldOnly }: GuardOptions,
  print: Print,
): void {
  const guarded = new GuardedReplay(limits)
  const replayed: ReplayedPull[] = []
  print(`\n${source}`)
  for (const pull of pulls) {
    const result = guarded.take(pull)
    replayed.push(result)
    if (!heldOnly || result.held.length > 0) print(describePull(result))
  }
  print(describeReplay(source, replayed))
}

/** The last body a second time, a day later: what it was held for is then confirmed. */
function* modelsDevPulls({ folder, commits }: GuardOptions): Generator<RecordedPull> {
  yield* readModelsDevDays(folder, commits)
  const bodies = BODIES.map((date) => readModelsDevBody(folder, date))
  yield* bodies
  const [last] = bodies.slice(-1)
  if (last) yield { ...last, label: `${last.label}, a day later`, at: last.at + 86_400_000 }
}

function incidents(source: string, pull: RecordedPull, limits: CatalogueLimits, print: Print): boolean {
  const results = measureIncidents(pull, limits)
  print(`\n${describeIncidents(`Incidents at ${source}, ${pull.label}`, results)}`)
  return results.every(({ whole, largestHeld }: IncidentResult) => whole && largestHeld)
}
