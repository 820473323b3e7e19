/** A pull as received, split into shares, with the digest that identifies it if it is sent again. */
import { ok, type Result, type SourceFailure } from '../../../core/failure.ts'
import type { Source, Split } from '../../../sources/source.ts'
import { type Share, shareOf } from '../../store/accepted.ts'
import { sha256 } from '../../store/sha256.ts'

export interface ArrivedPull extends Pick<Split, 'tier' | 'indexVersion'> {
  shares: Share[]
  digest: string
  /** JSON of all pages; absent if the shares contain everything. */
  pagesText?: string
}

export function splitPull(source: Source, pages: unknown[]): Result<ArrivedPull, SourceFailure> {
  const split = source.split(pages)
  if (!split.ok) return split
  const { isOfShares, shares: values, ...facts } = split.value
  const shares = [...values].map(([provider, json]) => shareOf(provider, json))
  if (isOfShares) return ok({ ...facts, shares, digest: sha256(JSON.stringify(shares.map(nameAndDigest))) })
  const pagesText = JSON.stringify(pages)
  return ok({ ...facts, shares, pagesText, digest: sha256(pagesText) })
}

const nameAndDigest = ({ provider, digest }: Share): string[] => [provider, digest]
