/** One call of a reader that sends requests to the registry, all for the same version. */
import type { VersionId } from '../../core/schema/history.ts'
import { AbortedError, CostError, ProblemError, RegistryError } from '../errors.ts'
import type { queryOf } from '../fetch/query.ts'
import type { Kept } from '../kept/create-kept.ts'
import type { Selection } from '../manifest/selection.ts'
import type { ReadOptions } from '../reader.ts'
import type { AskedAnswers } from './asked-answers.ts'
import type { Commit } from './newest-commit.ts'

export interface Call {
  /** The current version, if the requests are for it. */
  readonly id: VersionId | undefined
  /** All its responses came from memory, or the registry confirmed them. */
  cached: boolean
  stale: boolean
  get<T>(path: string, isIt: (json: unknown) => json is T, parameters?: Parameters<typeof queryOf>[0]): Promise<T>
}

/** Rejects if the current version is unknown. */
export async function beginCall(
  answers: AskedAnswers,
  of: Selection | Kept<Commit>,
  options: ReadOptions,
): Promise<Call> {
  const current = 'read' in of ? await of.read(options) : undefined
  if (current?.error) throw current.error
  let selection: Selection = 'read' in of ? { version: current?.data.version ?? '' } : of
  let version: string | undefined
  const call: Call = {
    id: current?.data,
    cached: true,
    stale: current?.stale ?? false,
    async get(path, isIt, parameters) {
      const question = { path, parameters, selection, signal: options.signal, isIt }
      const asked = await answers.ask(question).catch((error: unknown) => {
        // A response for an earlier version is better than none, but must not be mixed with responses for another one.
        const last = isOutage(error) ? answers.get(question) : undefined
        if (!last || (version && version !== last.version)) throw error
        call.stale = true
        return last
      })
      version = asked.version
      // A moment may be in the future: later requests are for the same version.
      if (version) selection = { version }
      call.cached &&= asked.cached
      return asked.data
    },
  }
  return call
}

/** After 429, a later request may succeed. */
const TOO_MANY_REQUESTS = 429

/** The registry could not be reached. A refusal is a response. */
export function isOutage(error: unknown): boolean {
  if (error instanceof ProblemError) return error.status >= 500 || error.status === TOO_MANY_REQUESTS
  return error instanceof RegistryError && !(error instanceof AbortedError) && !(error instanceof CostError)
}
