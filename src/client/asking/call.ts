/** One call of a reader that sends requests to the registry, all for the same version. */
import type { VersionId } from '../../core/schema/history.ts'
import { AbortedError, CostError, ProblemError, RegistryError } from '../errors.ts'
import { abortable } from '../fetch/abortable.ts'
import type { queryOf } from '../fetch/query.ts'
import type { Kept } from '../kept/create-kept.ts'
import type { Selection } from '../manifest/selection.ts'
import type { ReadOptions } from '../reader.ts'
import type { Asked, AskedAnswers, Wanted } from './asked-answers.ts'
import { loadModule } from './load-module.ts'
import type { Commit } from './newest-commit.ts'

export interface Call {
  /** All its responses came from memory, or the registry confirmed them. */
  cached: boolean
  stale: boolean
  /** What the questions are about, where it is the current version. Rejects if that is unknown. */
  id(): Promise<VersionId | undefined>
  /** A module of the client, by `import()`. */
  load<T>(load: () => Promise<T>): Promise<T>
  get<T>(path: string, isIt: (json: unknown) => json is T, parameters?: Parameters<typeof queryOf>[0]): Promise<T>
}

export interface CallParts {
  answers: AskedAnswers
  /** What is read: one version or moment, or what is current. */
  of: Selection | Kept<Commit>
  /** Milliseconds to load a module. */
  timeout: number
}

export function createCall({ answers, of, timeout }: CallParts, { forceRefresh, signal }: ReadOptions): Call {
  const newest = 'read' in of ? of : undefined
  let selection = 'read' in of ? undefined : of
  let version: string | undefined

  const id = async (): Promise<VersionId | undefined> => {
    // Checked once in a call.
    const current = await newest?.read({ forceRefresh: forceRefresh && !selection, signal })
    if (current?.error) throw current.error
    call.stale ||= current?.stale ?? false
    return current?.data
  }

  const fixSelection = async (): Promise<Selection> => {
    // Without one the current version is read.
    selection ??= { version: (await id())?.version ?? '' }
    return selection
  }

  /** While no version is known, the answer is requested together with the newest commit: both are one round trip. */
  const askAtOnce = async <T>(wanted: Wanted<T>): Promise<Asked<T> | undefined> => {
    if (selection || newest?.isHeld()) return undefined
    const leaving = new AbortController()
    // What goes wrong with it goes wrong again when it is requested by version.
    const early = answers.askCurrent({ ...wanted, signal: leaving.signal }).catch(() => undefined)
    try {
      const { version } = await fixSelection()
      const asked = await abortable(early, signal)
      return asked?.version === version ? asked : undefined
    } finally {
      leaving.abort()
    }
  }

  const askByVersion = async <T>(wanted: Wanted<T>): Promise<Asked<T>> => {
    const question = { ...wanted, selection: await fixSelection() }
    try {
      return await answers.ask(question)
    } catch (error) {
      // A response for an earlier version is better than none, but must not be mixed with responses for another one.
      const last = isOutage(error) ? answers.get(wanted) : undefined
      if (!last || (version && version !== last.version)) throw error
      call.stale = true
      return last
    }
  }

  const call: Call = {
    cached: true,
    stale: false,
    id,
    load: (load) => loadModule(load, signal, timeout),
    async get(path, isIt, parameters) {
      const wanted = { path, parameters, signal, isIt }
      const asked = (await askAtOnce(wanted)) ?? (await askByVersion(wanted))
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
