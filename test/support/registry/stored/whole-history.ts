/** Checks what is true of every history: no gaps, a chain that can be recomputed, and digests that match the etags. */
import { expect } from 'vitest'
import { sha256 } from '../../core/naive/independent-canonical.ts'
import { independentEtag } from '../../core/naive/independent-root.ts'
import type { OpenedRegistry } from '../opened-registry.ts'

/** Checks every commit, and the manifest of every `oneIn`-th one. */
export function expectWholeHistory(opened: OpenedRegistry, oneIn = 1): void {
  let chain = ''
  for (const [index, row] of opened.commits().entries()) {
    chain = sha256(`${chain}\n${row.root}\n${row.seq}\n${row.committedAt}\n${row.recordedAt ?? ''}`)
    expect(row).toMatchObject({ seq: index + 1, chain })
    if (index % oneIn === 0) expect(independentEtag(opened.manifest(row.seq))).toBe(row.etag)
  }
}
