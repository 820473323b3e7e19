/** The history, which only the registry has: its versions, and what changed between them. Always requested, never cached. */
import type { ChangeGroup } from '../core/diff/filter.ts'
import type { Diff, ModelHistory, VersionInfo } from '../core/schema/history.ts'
import type { PricePeriod } from '../core/schema/price-period.ts'
import { DataError, NOT_ASKED_FOR } from './errors.ts'
import { modelPath } from './fetch/model-path.ts'
import { queryOf } from './fetch/query.ts'
import type { Question, Transport } from './fetch/transport.ts'
import type { ReadOptions } from './reader.ts'
import { failWith, type Reply, succeed } from './reply.ts'

/** A version, an etag, at least 8 of its hex digits, a date (the end of that UTC day), or a date-time. */
export type Moment = string | Date

export interface VersionsOptions extends ReadOptions {
  /** 1 to 500; default 50. */
  limit?: number | undefined
  /** Only commits with a lower `seq`; that of the last commit of a page gives the next page. */
  before?: number | undefined
}

export interface DiffOptions extends ReadOptions {
  /** Only these kinds of change. */
  only?: readonly ChangeGroup[] | undefined
  /** Only these providers. */
  provider?: readonly string[] | undefined
  /** Only first-party models (`true`), or only the others (`false`). */
  firstParty?: boolean | undefined
  /** Omit changes of scores that are due to a changed scale. */
  rescale?: 'omit' | undefined
}

export interface HistoryOptions extends ReadOptions {
  /** 1 to 500; default 100. */
  limit?: number | undefined
  /** Only these kinds of change; revisions that differ only in others are merged. */
  only?: readonly ChangeGroup[] | undefined
}

export interface History {
  /** The commits of the history, newest first, even if the client is pinned to a version; an empty list if there is none. */
  getVersions(options?: VersionsOptions): Promise<Reply<VersionInfo[]>>
  /**
   * What changed from one version or moment to another; without `to`, to the pinned version or the current one. Fails with
   * a `ProblemError`: `not-found` for what never existed, `ambiguous-version` for digits that several versions begin with.
   */
  getDiff(from: Moment, to?: Moment, options?: DiffOptions): Promise<Reply<Diff>>
  /**
   * The revisions of a model, newest first, even if the client is pinned to a version. A model that is gone has them under
   * its value; `model` is absent while it was gone. `not-found` where it never existed.
   */
  getModelHistory(provider: string, value: string, options?: HistoryOptions): Promise<Reply<ModelHistory>>
  /**
   * The prices of a model over time in USD per 1M tokens, oldest first, as half-open periods that do not overlap; as of the
   * pinned version, if there is one. By its value or another id of it, also of a model that is gone.
   */
  getPrices(provider: string, value: string, options?: ReadOptions): Promise<Reply<PricePeriod[]>>
}

export function createHistory(transport: Transport, pinned: string | undefined): History {
  /** `key` is one that the answer has; without it, it is a list. */
  const ask = async <T>(path: string, question: Question, key?: string): Promise<Reply<T>> => {
    try {
      const json = await transport.get(path, question)
      if (key ? !Object(json)[key] : !Array.isArray(json)) throw new DataError(path, NOT_ASKED_FOR)
      return succeed(json as T) // by the contract of the route
    } catch (error) {
      return failWith(error)
    }
  }
  return {
    getVersions: ({ limit, before, signal } = {}) =>
      ask(`/v1/versions${queryOf({ limit, before })}`, { signal, isCurrent: true }),
    getDiff: (from, to, { only, provider, firstParty, rescale, signal } = {}) => {
      const ends = { from: textOf(from), to: to === undefined ? pinned : textOf(to) }
      const question = { signal, isCurrent: ends.to === undefined }
      return ask(`/v1/diff${queryOf({ ...ends, only, provider, firstParty, rescale })}`, question, 'models')
    },
    getModelHistory: (provider, value, { limit, only, signal } = {}) =>
      ask(
        `${modelPath({ provider, value })}/history${queryOf({ limit, only })}`,
        { signal, isCurrent: true },
        'revisions',
      ),
    getPrices: (provider, value, { signal } = {}) =>
      ask(`${modelPath({ provider, value })}/prices${queryOf({ version: pinned })}`, {
        signal,
        isCurrent: pinned === undefined,
      }),
  }
}

export function textOf(moment: Moment): string {
  // An invalid date is left for the registry to refuse: `toISOString` would throw.
  return (moment as Date).toJSON?.() ?? `${moment}` // a string has none
}
