/** models.dev, a catalogue of what providers and hosts serve, kept by volunteers. */
import { fail, type SourceFailure, type SourceFailureReason } from '../../core/failure.ts'

export const MODELS_DEV_URL = 'https://models.dev/api.json'

export function modelsDevFailure(
  reason: SourceFailureReason,
  detail: string,
  retryAfterSeconds?: number,
): { ok: false; failure: SourceFailure } {
  const failure: SourceFailure = { code: 'source-failed', reason, detail: `Cannot read models.dev: ${detail}` }
  return fail(retryAfterSeconds === undefined ? failure : { ...failure, retryAfterSeconds })
}
