/** models.dev as a source, and how its failures are worded. */
import { fail, type SourceFailure, type SourceFailureReason } from '../../core/failure.ts'
import type { Source } from '../source.ts'

export const MODELS_DEV: Source = {
  name: 'models.dev',
  url: 'https://models.dev/api.json',
  licence: 'MIT',
  attribution: { name: 'models.dev', url: 'https://models.dev/' },
}

export function modelsDevFailure(
  reason: SourceFailureReason,
  detail: string,
  retryAfterSeconds?: number,
): { ok: false; failure: SourceFailure } {
  const failure: SourceFailure = { code: 'source-failed', reason, detail: `Cannot read models.dev: ${detail}` }
  return fail(retryAfterSeconds === undefined ? failure : { ...failure, retryAfterSeconds })
}
