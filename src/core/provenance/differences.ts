/** Finds facts on which two sources differ for one model, or for a variant and its family's head. Pure. */
import { type Entry, type Voice, voicesOf, voicesOn } from '../build/precedence.ts'
import { changesBetween } from '../diff/change.ts'
import { canonicalize } from '../json/canonical.ts'
import type { Model } from '../schema/model.ts'
import type { ModelFacts } from '../statements/statement.ts'
import type { SourceName } from '../vocabulary.ts'

export interface Claim {
  source: SourceName
  fact: unknown
}

export interface Difference {
  path: string
  kept: Claim
  dropped: Claim
}

/** Every fact that both state and that differs, however little, sorted by path. */
export function differencesOf(entry: Entry): Difference[] {
  const [strong, weak] = claimsOf(entry)
  if (!strong || !weak) return []
  return changesBetween(strong.facts, weak.facts).flatMap(({ path, before, after }) => {
    if (before === undefined || after === undefined || isOfVariant(path, entry) || areEqualLists(path, before, after))
      return []
    const claims = { [strong.voice]: claimOf(strong, before), [weak.voice]: claimOf(weak, after) }
    const [kept, dropped] = voicesOn(path, entry).flatMap((voice) => claims[voice] ?? [])
    return kept && dropped ? [{ path, kept, dropped }] : []
  })
}

interface Claims {
  voice: Voice
  source: SourceName
  facts: Partial<Model>
}

/** At most two: the listed and the measured facts, or the measured facts and those of the head. */
function claimsOf(entry: Entry): Claims[] {
  const voices = voicesOf(entry)
  const { listed, measured } = entry.row
  const names = { listed: listed?.name, measured: listed && measured?.name, head: undefined }
  return voicesOn('name', entry).flatMap((voice): Claims[] => {
    const layer = voices[voice]
    return layer ? [{ voice, source: layer.source, facts: comparable(layer.facts, names[voice]) }] : []
  })
}

/** The blended price is not compared, because it is derived. */
function comparable({ pricing, ...facts }: ModelFacts, name: string | undefined): Partial<Model> {
  return { ...facts, name, pricing: pricing && { ...pricing, blended: undefined } }
}

const claimOf = ({ source }: Claims, fact: unknown): Claim => ({ source, fact })

/** The other source describes the whole model, so a variant that does not reason does not contradict it. */
function isOfVariant(path: string, { row: { measured } }: Entry): boolean {
  return path === 'capabilities.reasoning' && measured?.variant?.effort === 'none'
}

/** Only models.dev has the modality PDF, so it is left out of the comparison. */
function areEqualLists(path: string, a: unknown, b: unknown): boolean {
  if (path !== 'modalities.input' && path !== 'modalities.output') return false
  return Array.isArray(a) && Array.isArray(b) && canonicalize(withoutPdf(a)) === canonicalize(withoutPdf(b))
}

const withoutPdf = (list: unknown[]): unknown[] => list.filter((modality) => modality !== 'pdf')
