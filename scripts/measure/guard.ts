/** `measure guard`: replays recorded pulls and simulated incidents through the guard. */
import { statSync } from 'node:fs'
import { CommandError, defineCommand } from '../../src/cli/shared/command.ts'
import { flag } from '../../src/cli/shared/options.ts'
import {
  ARTIFICIAL_ANALYSIS_LIMITS,
  type CatalogueLimits,
  MODELS_DEV_LIMITS,
} from '../../src/core/guard/guard-limits.ts'
import { readArtificialAnalysisPulls } from './guard/artificial-analysis-pulls.ts'
import { describeIncidents, describePull, describeReplay } from './guard/guard-report.ts'
import { GuardedReplay, type ReplayedPull } from './guard/guarded-replay.ts'
import { type IncidentResult, measureIncidents } from './guard/incidents.ts'
import { BODIES, readModelsDevBody, readModelsDevDays } from './guard/models-dev-pulls.ts'
import type { RecordedPull } from './guard/recorded-pull.ts'

export const measureGuard = defineCommand({
  description: `Replays the recorded pulls of Artificial Analysis and the recorded days of models.dev through the guard, prints what
would have been held and why, then does the same with simulated incidents. Nothing is sent.`,
  options: {
    commits: flag('treat every commit of models.dev, not every day, as a pull'),
    held: flag('print only the pulls that are held'),
  },
  environment: { RECORDED_DATA: 'the directory of recorded data, with aa/pulls and models-dev' },
  exitCodes: { 1: 'failed, or an incident was not held' },
  async run({ values: { commits, held } }, { env, output }) {
    const folder = recordedFolder(env.RECORDED_DATA)
    const print = (text: string) => output.write(`${text}\n`)
    const pulls = readArtificialAnalysisPulls(folder)
    replay('Artificial Analysis', pulls, ARTIFICIAL_ANALYSIS_LIMITS, held, print)
    replay('models.dev', modelsDevPulls(folder, commits), MODELS_DEV_LIMITS, held, print)
    const bodies = BODIES.map((date) => readModelsDevBody(folder, date))
    const isHeld = [
      ...pulls.slice(-1).map((pull) => incidents('Artificial Analysis', pull, ARTIFICIAL_ANALYSIS_LIMITS, print)),
      ...bodies.map((pull) => incidents('models.dev', pull, MODELS_DEV_LIMITS, print)),
    ]
    return isHeld.every(Boolean) ? 0 : 1
  },
})

function recordedFolder(folder: string | undefined): string {
  if (!folder)
    throw new CommandError('Cannot measure: set RECORDED_DATA to the folder with the recorded data (see --help)')
  for (const part of ['aa/pulls', 'models-dev/history']) {
    if (!statSync(`${folder}/${part}`, { throwIfNoEntry: false })?.isDirectory())
      throw new CommandError(`Cannot measure: RECORDED_DATA has no folder "${part}": ${folder}`)
  }
  return folder
}

type Print = (text: string) => void

function replay(
  source: string,
  pulls: Iterable<RecordedPull>,
  limits: CatalogueLimits,
  heldOnly: boolean,
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

/** The last body again, a day later: this confirms what it was held for. */
function* modelsDevPulls(folder: string, commits: boolean): Generator<RecordedPull> {
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
