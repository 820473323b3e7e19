/** What one part of a catalogue is built of, and the text by which it is known whether that changed. Pure. */
import type { IqScale } from '../score.ts'
import type { ProviderStatement } from '../statements/statement.ts'
import type { Entry } from './precedence.ts'

/** Raised when this code makes other facts of the same statements: every part is then built again. */
export const BUILD_VERSION = 3

/** All that a part depends on, beside this code. */
export interface PartInputs {
  provider: string
  statements: readonly ProviderStatement[]
  entries: readonly Entry[]
  scale: IqScale
}

/**
 * Parts with equal texts are equal. `stated` names everything that the sources state of the provider, such as by digests,
 * so that its facts need not be written again; what rows read of other rows stands beside it.
 */
export function inputsOf({ entries, scale }: PartInputs, stated: readonly string[]): string {
  const reads = entries.map(({ row, family }) => [row.value, row.identity, family])
  return JSON.stringify([BUILD_VERSION, scale, stated, reads])
}
