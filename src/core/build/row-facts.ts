/** The facts of a source's row in the shape of a model; which of them are known is left to whoever reads them. */

import type { Modalities, Model } from '../schema/model.ts'
import { MODALITIES, type Modality } from '../vocabulary.ts'
import type { ModalityFlags, SourceRow } from './source-pull.ts'

/** Everything that a row says by itself, without what follows from it. */
export function factsOf(row: SourceRow): Partial<Model> {
  const { capabilities, pricing, metrics, releaseDate, knowledgeCutoff, openWeights, status, sdk } = row
  return {
    ...{ capabilities, pricing, metrics, releaseDate, knowledgeCutoff, openWeights, status, sdk },
    modalities: modalitiesOf(row),
  }
}

/** Lists only where both directions are spoken of: half an answer would look like a whole one. */
function modalitiesOf({ modalities }: SourceRow): Modalities | undefined {
  const input = listOf(modalities?.input)
  const output = listOf(modalities?.output)
  return input && output && { input, output }
}

function listOf(flags: ModalityFlags = {}): Modality[] | undefined {
  const known = Object.values(flags).some((flag) => flag !== undefined)
  return known ? MODALITIES.filter((modality) => flags[modality] === true) : undefined
}
