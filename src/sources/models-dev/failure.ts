/** Failures of models.dev. */
import type { SourceFailure, SourceFailureReason } from '../../core/failure.ts'
import { openSourceFailure } from '../open-source.ts'

export function modelsDevFailure(reason: SourceFailureReason, detail: string): { ok: false; failure: SourceFailure } {
  return openSourceFailure('models.dev', reason, detail)
}
