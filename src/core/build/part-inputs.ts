/** The inputs that one part of a catalogue is built from, and a text that shows whether they changed. Pure. */
import type { IqScale } from '../score.ts'
import type { ProviderStatement } from '../statements/statement.ts'
import type { Entry } from './precedence.ts'

/** Increase it when this code builds different facts from the same statements: every part is then rebuilt. */
export const BUILD_VERSION = 3

/** Everything that a part depends on, except this code. */
export interface PartInputs {
  provider: string
  statements: readonly ProviderStatement[]
  entries: readonly Entry[]
  scale: IqScale
}

/**
 * Parts with equal texts are equal. `stated` names everything that the sources state of the provider, such as by
 * digests, so that its facts need not be written again; facts that rows take from other rows are added to it.
 */
export function inputsOf({ entries, scale }: PartInputs, stated: readonly string[]): string {
  const reads = entries.map(({ row, family }) => [row.value, row.identity, family])
  return JSON.stringify([BUILD_VERSION, scale, stated, reads])
}
