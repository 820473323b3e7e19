/** Changes overrides of an opened registry, and reads the results. */
import { expect } from 'vitest'
import type { Failure } from '../../../src/core/failure.ts'
import type { Override } from '../../../src/core/overrides/override.ts'
import type { Manifest } from '../../../src/core/schema/history.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import type { OverrideChange } from '../../../src/core/schema/operations.ts'
import type { OverrideOutcome, OverrideRequest, TargetChange } from '../../../src/registry/changes/override-changes.ts'
import type { ActiveOverride } from '../../../src/registry/store/override-record.ts'
import { type OpenedRegistry, unwrap } from './opened-registry.ts'

type Options = Partial<Omit<OverrideRequest, 'changes'>>
export type Withdrawn = { provider: string; value?: string }

/** The outcome, or the failure. */
export function change(
  opened: OpenedRegistry,
  changes: TargetChange[],
  options: Options = {},
): OverrideOutcome | Failure {
  const result = opened.registry.changeOverrides({ changes, by: 'root', dryRun: false, ...options })
  return result.ok ? JSON.parse(new TextDecoder().decode(result.value)) : result.failure
}

export function put(opened: OpenedRegistry, override: Override, options?: Options): OverrideOutcome | Failure {
  return change(opened, [putting(override)], options)
}

export function withdraw(opened: OpenedRegistry, target: Withdrawn, options?: Options): OverrideOutcome | Failure {
  return change(opened, [target], options)
}

export function putting(override: Override): TargetChange {
  const { provider, value } = override
  const noted = { ...override, note: 'why' }
  return { provider, ...(value !== undefined && { value }), override: noted }
}

export function changesOf({ registry }: OpenedRegistry, target?: Withdrawn): OverrideChange[] {
  const bytes = unwrap(registry.overrideChanges({ limit: 100, ...(target && { target }) }))
  return JSON.parse(new TextDecoder().decode(bytes))
}

export const activeIn = ({ registry }: OpenedRegistry): ActiveOverride[] =>
  JSON.parse(new TextDecoder().decode(unwrap(registry.overrides())))

export function current(opened: OpenedRegistry): Manifest {
  return opened.manifest(opened.registry.current()?.seq ?? 0)
}

export function currentModel(opened: OpenedRegistry, value: string, provider = 'acme'): Model | undefined {
  return current(opened).models.find((model) => model.provider === provider && model.value === value)
}

export const causesOf = (opened: OpenedRegistry): string[] => opened.commits().map(({ cause }) => cause)

/** Everything that a change may write, to check that nothing was written. */
export function writtenIn({ db }: OpenedRegistry): unknown[] {
  const tables = ['versions', 'entities', 'revisions', 'pulls', 'state', 'overrides', 'remembered', 'creator_providers']
  return tables.map((table) =>
    db.sql
      .exec(`select * from ${table} order by 1, 2`)
      .toArray()
      .map((row) => ({ ...row, payload: 0 })),
  )
}

export function expectRefused(opened: OpenedRegistry, work: () => unknown, code: Failure['code']): void {
  const before = writtenIn(opened)
  expect(work()).toMatchObject({ code })
  expect(writtenIn(opened)).toEqual(before)
}
