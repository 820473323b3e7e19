/** Which of several statements that may all be meant is taken: the same one whatever their order, or none. */
import { canonicalize, compareText } from '../canonical.ts'
import { compareModes, type Reading } from './candidate.ts'
import { daysApart } from './contradiction.ts'

/** `undefined` where they say different things and no release date tells which is meant. */
export function pickOne(reading: Reading, candidates: Reading[]): Reading | undefined {
  const preferred = narrow(candidates, [
    (candidate) => compareModes(reading, candidate) === 'same',
    ({ statement }) => statement.value === reading.statement.value,
    ({ id }) => !id.makeshift,
    ({ id }) => id.key === reading.name.key || id.key === reading.id.key,
  ])
  const agreed = agreeing(preferred) ?? agreeing(nearest(reading, preferred))
  return agreed?.toSorted((a, b) => comparePlainness(reading, a, b))[0]
}

/** Keeps those that pass each test, as long as one does. */
function narrow(candidates: Reading[], tests: ((candidate: Reading) => boolean)[]): Reading[] {
  return tests.reduce((left, test) => {
    const passed = left.filter(test)
    return passed.length > 0 ? passed : left
  }, candidates)
}

/** Several ids of one model, if all they say of it is the same. */
function agreeing(candidates: Reading[]): Reading[] | undefined {
  return candidates.length === 1 || new Set(candidates.map(factsOf)).size === 1 ? candidates : undefined
}

/** Ids and dates are what two ids of one model may differ in. */
function factsOf({ statement }: Reading): string {
  const { sdk: _, releaseDate: _released, knowledgeCutoff: _known, ...facts } = statement.facts
  return canonicalize(facts)
}

function nearest({ statement: { facts } }: Reading, candidates: Reading[]): Reading[] {
  const days = candidates.map(({ statement }) => daysApart(facts.releaseDate, statement.facts.releaseDate) ?? Infinity)
  const fewest = Math.min(...days)
  return candidates.filter((_, index) => days[index] === fewest)
}

/** A row that names a snapshot means that snapshot's id; any other means the plain id, which outlives snapshots. */
function comparePlainness({ snapshot }: Reading, a: Reading, b: Reading): number {
  const dated = Number(a.id.snapshot !== undefined) - Number(b.id.snapshot !== undefined)
  return (snapshot ? -dated : dated) || compareText(a.statement.value, b.statement.value)
}
