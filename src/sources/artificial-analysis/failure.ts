import { fail, type SourceFailure, type SourceFailureReason } from '../../core/failure.ts'

export function sourceFailure(
  reason: SourceFailureReason,
  detail: string,
  retryAfterSeconds?: number,
): { ok: false; failure: SourceFailure } {
  const failure: SourceFailure = {
    code: 'source-failed',
    reason,
    detail: `Cannot pull from Artificial Analysis: ${detail}`,
  }
  return fail(retryAfterSeconds === undefined ? failure : { ...failure, retryAfterSeconds })
}
