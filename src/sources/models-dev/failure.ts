/** models.dev, a catalogue of what providers and hosts serve, kept by volunteers. */
import type { SourceFailure, SourceFailureReason } from '../../core/failure.ts'
import { openSourceFailure } from '../open-source.ts'

export const MODELS_DEV_URL = 'https://models.dev/api.json'

export function modelsDevFailure(reason: SourceFailureReason, detail: string): { ok: false; failure: SourceFailure } {
  return openSourceFailure('models.dev', reason, detail)
}
