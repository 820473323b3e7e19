/** A statement that another may be matched with: what its id and name say, and whether the two can be one model. */
import type { Statement } from '../build/statement.ts'
import { daysApart } from './contradiction.ts'
import { effortOf, withoutEffort } from './family.ts'
import { type Mode, type NormalForm, normalFormOf } from './normal-form.ts'
import { isReleasedAs, isSameSnapshot, type SnapshotDate } from './snapshot-date.ts'

export interface Reading {
  statement: Statement
  id: NormalForm
  name: NormalForm
  mode?: Mode
  snapshot?: SnapshotDate
}

/** The name speaks for the statement: slugs move from one model to another. */
export function readByName(statement: Statement, provider: string): Reading {
  const id = normalFormOf(valueWithoutEffort(statement), provider)
  const name = normalFormOf(statement.name, provider)
  const mode = name.mode ?? (id.mode && { ...id.mode, inName: false })
  return { statement, id, name, mode, snapshot: name.snapshot ?? id.snapshot }
}

/** The id speaks for the statement: it is what an API is sent. */
export function readById(statement: Statement, provider: string): Reading {
  const id = normalFormOf(statement.value, provider)
  const name = normalFormOf(statement.name, provider)
  return { statement, id, name, mode: id.mode ?? name.mode, snapshot: id.snapshot ?? name.snapshot }
}

/** "gpt-5-low" is "gpt-5" where the name says "(low)"; "codex-max" stays what it is where the name says "Max" too. */
function valueWithoutEffort({ value, name }: Statement): string {
  const effort = effortOf(name)
  if (effort === undefined || withoutEffort(name).toLowerCase().includes(effort)) return value
  const ending = [`-${effort}-effort`, `-${effort}`].find((text) => value.endsWith(text))
  return ending === undefined ? value : value.slice(0, -ending.length)
}

/** Whether both are for reasoning or neither is; 'open' where the candidate leaves it to the request. */
export function compareModes({ mode }: Reading, candidate: Reading): 'same' | 'open' | 'other' {
  const reasons = candidate.statement.facts.capabilities?.reasoning === true
  const offered = candidate.mode?.says === 'instruct' && reasons ? undefined : candidate.mode
  if (mode?.says === candidate.mode?.says) return 'same'
  if (offered === undefined) {
    // "Thinking" in a model's own name makes it another model, and so does "Instruct" beside one that reasons.
    const named = mode?.inName && (mode.says === 'reasoning' || (mode.says === 'instruct' && reasons))
    return named ? 'other' : 'open'
  }
  const wanted = mode?.says === 'reasoning'
  if (wanted !== (offered.says === 'reasoning')) return 'other'
  return mode === undefined ? 'open' : 'same'
}

/** A snapshot that goes by another date in the same month or the next is the next snapshot. */
const MAX_DAYS_TO_SNAPSHOT = 31

export function mayBeSnapshot({ statement, snapshot }: Reading, candidate: Reading): boolean {
  if (snapshot && candidate.snapshot) return isSameSnapshot(snapshot, candidate.snapshot)
  const { releaseDate } = candidate.statement.facts
  if (snapshot) return releaseDate !== undefined && isReleasedAs(releaseDate, snapshot)
  return !candidate.snapshot || (daysApart(statement.facts.releaseDate, releaseDate) ?? 0) <= MAX_DAYS_TO_SNAPSHOT
}
