import { describe, expect, it } from 'vitest'
import { unwrap, withRegistry } from '../../support/registry/opened-registry.ts'
import { readRecordedDay, recordedDays } from '../../support/registry/recorded/recorded-days.ts'
import { expectWholeHistory } from '../../support/registry/stored/whole-history.ts'

const why = recordedDays.length > 0 ? '' : ' (skipped: RECORDED_DATA is not set)'

describe.skipIf(recordedDays.length === 0)(`recorded days of the real source${why}`, () => {
  it('are all accepted in order: the guard holds none, and the history is complete', { timeout: 120_000 }, () =>
    withRegistry(async (opened) => {
      for (const day of recordedDays)
        opened.registry.importPull(new TextEncoder().encode(await readRecordedDay(day)), false)
      const taken = unwrap(opened.registry.pulls(500, undefined)).toReversed()
      const others = taken.filter(({ outcome }) => outcome !== 'committed' && outcome !== 'unchanged')
      expect(others).toEqual([])
      expect(taken).toHaveLength(recordedDays.length)
      expectWholeHistory(opened, 9)
    }),
  )
})
