import { beforeEach, describe, expect, it } from 'vitest'
import type { RegistryStatus } from '../../src/core/schema/operations.ts'
import { tierWarnings } from '../../src/edge/tier-warnings.ts'
import { FakeTiers, NOTHING, versionOfName } from '../support/edge/fake-tiers.ts'

const LOOK = { kv: ['current', 'manifest', 'index'], registry: [], cache: 1 }

let fake: FakeTiers
beforeEach(() => {
  fake = new FakeTiers()
  fake.commit(versionOfName('A', 1))
})

const codes = async (): Promise<string[]> => {
  const status: RegistryStatus = {
    now: '',
    seq: 1,
    ageSeconds: 3600,
    sources: {},
    held: [],
    orphaned: [],
    warnings: [],
  }
  return (await tierWarnings(fake.tiers(), status)).map(({ code }) => code)
}

describe('tierWarnings()', () => {
  it('checks the tiers once in 10 seconds, however often it is called', async () => {
    expect(await codes()).toEqual([])
    expect(fake.asked()).toEqual(LOOK)
    fake.kv.failing = true
    fake.now += 9_999
    for (let asked = 0; asked < 100; asked++) expect(await codes()).toEqual([])
    expect(fake.asked()).toEqual(NOTHING)
    fake.now += 1
    expect(await codes()).toEqual(['kv-unreadable'])
    fake.asked()
    expect(await codes()).toEqual(['kv-unreadable'])
    expect(fake.asked()).toEqual(NOTHING)
  })

  it('checks once for concurrent callers', async () => {
    await codes()
    fake.asked()
    fake.now += 10_000
    expect(await Promise.all([codes(), codes(), codes()])).toEqual([[], [], []])
    expect(fake.asked()).toEqual(LOOK)
  })

  it('reports within 10 seconds that a failed tier works again', async () => {
    fake.cache.failing = true
    expect(await codes()).toEqual(['cache-failing'])
    fake.cache.failing = false
    fake.now += 10_000
    expect(await codes()).toEqual([])
  })

  it('checks again when the clock jumps back', async () => {
    await codes()
    fake.now -= 3_600_000
    fake.kv.failing = true
    expect(await codes()).toEqual(['kv-unreadable'])
  })
})
