/** A registry with three commits, in which a model is named A, B and C, and rollbacks to any of them. */
import { aaRow } from '../rows.ts'
import { type OpenedRegistry, START } from './opened-registry.ts'
import { DAY } from './stored/stored-history.ts'

export const named = (name: string) => [aaRow({ name })]

/** Makes commits 1, 2 and 3, the last of them a day ago. */
export function sendThree(opened: OpenedRegistry): void {
  for (const [index, name] of ['A', 'B', 'C'].entries()) opened.send(named(name), { at: START - (3 - index) * DAY })
}

/** Rolls back to the version of a commit. */
export function rollBackTo(opened: OpenedRegistry, seq: number, reason = 'C is wrong') {
  const hex = opened.commits()[seq - 1]?.etag.slice(1, -1) ?? ''
  return opened.registry.rollBack({ by: 'version', hex }, reason)
}

export function currentName(opened: OpenedRegistry): string | undefined {
  return opened.manifest(opened.registry.current()?.seq ?? 0).models[0]?.name
}
