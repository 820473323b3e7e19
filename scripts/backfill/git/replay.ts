/** Replays the repository of models.dev: the changes of each deployed day since the previous one. */
import type { Day } from '../send-days.ts'
import { deltaBetween, isEmpty } from './catalogue-delta.ts'
import { CatalogueReader } from './catalogue-files.ts'
import { type CatalogueState, EMPTY, readCatalogue } from './catalogue-state.ts'
import { type DeployedDay, listDeployedDays } from './deployed-days.ts'
import { UnbuildableError } from './unbuildable-error.ts'

export interface ReplayOptions {
  /** Unix milliseconds. */
  now: number
  /** If it is true for a day, it is true for every later day. */
  isWanted(day: DeployedDay): boolean
}

export interface Replay {
  total: number
  days: Iterable<Day>
}

export function planReplay(repository: string, { now, isWanted }: ReplayOptions, note: (text: string) => void): Replay {
  const all = listDeployedDays(repository, now)
  const wanted = all.filter(isWanted)
  return {
    total: wanted.length,
    days: replay(
      repository,
      all.filter((day) => !isWanted(day)),
      wanted,
      note,
    ),
  }
}

function* replay(
  repository: string,
  known: readonly DeployedDay[],
  wanted: readonly DeployedDay[],
  note: (text: string) => void,
): Generator<Day> {
  const reader = new CatalogueReader(repository)
  let before = newestOf(reader, known)
  for (const day of wanted) {
    const after = readOrNote(reader, day, before, note)
    const delta = after && deltaBetween(before, after)
    if (delta && !isEmpty(delta)) yield { at: day.at, source: 'models.dev', delta }
    before = after ?? before
  }
}

/** The state that the registry has: that of the last day that could be built. */
function newestOf(reader: CatalogueReader, days: readonly DeployedDay[]): CatalogueState {
  for (const day of days.toReversed()) {
    const state = readOrNote(reader, day, EMPTY, () => undefined)
    if (state) return state
  }
  return EMPTY
}

/** A commit that models.dev could not build was never served: its changes are in the next day. */
function readOrNote(
  reader: CatalogueReader,
  day: DeployedDay,
  before: CatalogueState,
  note: (text: string) => void,
): CatalogueState | undefined {
  try {
    return readCatalogue(reader, day, before)
  } catch (error) {
    if (!(error instanceof UnbuildableError)) throw error
    note(`Skipped ${day.date}: ${error.message}`)
    return undefined
  }
}
