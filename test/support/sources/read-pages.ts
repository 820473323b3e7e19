/** Reads pages into statements. A failure is thrown, because the tests that use this expect none. */
import { nameProviders } from '../../../src/core/statements/provider-names.ts'
import type { ModelFacts, ModelStatement, Unread } from '../../../src/core/statements/statement.ts'
import { ARTIFICIAL_ANALYSIS } from '../../../src/sources/artificial-analysis/artificial-analysis.ts'
import { AA_CREATORS } from '../../../src/sources/artificial-analysis/creators.ts'
import type { SourceReading, Split } from '../../../src/sources/source.ts'
import { aaPages, type Facts } from '../rows.ts'

export function splitOf(pages: unknown[]): Split {
  const split = ARTIFICIAL_ANALYSIS.split(pages)
  if (!split.ok) throw new Error(split.failure.detail)
  return split.value
}

/** Creators that are not in reviewed data get the slug of their name. */
export function readingOf(pages: unknown[]): SourceReading {
  const [share] = splitOf(pages).shares.values()
  const names = nameProviders(ARTIFICIAL_ANALYSIS.creatorsIn(share), {}, AA_CREATORS.values())
  return ARTIFICIAL_ANALYSIS.read(share, names)
}

/** Reads one row: its statement, and its unread values. */
export function readRow(row: Facts, tier = 'free'): ModelStatement & { unread: Unread[] } {
  const { models, unread } = readingOf(aaPages([row], { tier }))
  const [statement] = models
  if (!statement) throw new Error('Cannot find the statement: there is none')
  return { ...statement, unread }
}

export function factsOf(row: Facts, tier = 'free'): ModelFacts {
  return readRow(row, tier).facts
}
