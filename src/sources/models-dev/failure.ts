/** The address of models.dev, and how its failures read. */
import type { SourceFailure, SourceFailureReason } from '../../core/failure.ts'
import { openSourceFailure } from '../open-source.ts'

export const MODELS_DEV_URL = 'https://models.dev/api.json'

export function modelsDevFailure(reason: SourceFailureReason, detail: string): { ok: false; failure: SourceFailure } {
  return openSourceFailure('models.dev', reason, detail)
}
