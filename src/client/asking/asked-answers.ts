/**
 * Responses of the registry to requests for single items, cached in memory by path. A response for another version is
 * revalidated with its ETag, so that the body is transferred only if it changed.
 */
import { DataError, NOT_ASKED_FOR } from '../errors.ts'
import type { Signal } from '../fetch/fetch-types.ts'
import { queryOf } from '../fetch/query.ts'
import type { Answer, Transport } from '../fetch/transport.ts'
import type { Selection } from '../manifest/selection.ts'

/** Characters of JSON. */
const MAX_LENGTH = 4_000_000

/** What is asked, of whichever version. */
export interface Wanted<T> {
  path: string
  parameters?: Parameters<typeof queryOf>[0]
  signal: Signal | undefined
  /** Whether JSON is an answer. */
  isIt(json: unknown): json is T
}

export interface Question<T> extends Wanted<T> {
  selection: Selection
}

interface Known extends Answer {
  /** The version or moment that it was given for. */
  of: string
}

export interface Asked<T> {
  data: T
  /** It came from memory, or the registry confirmed it. */
  cached: boolean
  version?: string | undefined
}

export interface AskedAnswers {
  /** What is in memory for another version, if anything: used if the registry cannot be reached. */
  get<T>(wanted: Wanted<T>): Asked<T> | undefined
  ask<T>(question: Question<T>): Promise<Asked<T>>
  /** Of the version that is current at the registry, which the answer names; `undefined` unless it does. */
  askCurrent<T>(wanted: Wanted<T>): Promise<Asked<T> | undefined>
  clear(): void
}

export function createAskedAnswers(transport: Transport): AskedAnswers {
  const answers = new Map<string, Known>()
  let length = 0
  const forget = (key: string): void => {
    length -= answers.get(key)?.text?.length ?? 0
    answers.delete(key)
  }
  const keep = (key: string, known: Known): void => {
    const { text = '' } = known
    forget(key)
    // It would take the place of all others, and then go itself.
    if (text.length > MAX_LENGTH) return
    answers.set(key, known)
    length += text.length
    for (const oldest of answers.keys()) {
      if (length <= MAX_LENGTH) return
      forget(oldest)
    }
  }
  return {
    get: (wanted) => {
      const known = answers.get(keyOf(wanted))
      return known && asAsked(known, wanted, true)
    },
    async ask(question) {
      const { path, parameters, selection, signal } = question
      const key = keyOf(question)
      const of = selection.version ?? selection.at
      const known = answers.get(key)
      if (known?.of === of) return asAsked(known, question, true)
      const url = path + queryOf({ ...parameters, ...selection })
      const answer = await transport.ask(url, { signal, etag: known?.etag })
      const isSame = answer.isSame === true
      const now: Known = { ...(isSame && known ? known : answer), of }
      const asked = asAsked(now, question, isSame)
      keep(key, now)
      return asked
    },
    async askCurrent(wanted) {
      const key = keyOf(wanted)
      const answer = await transport.ask(key, { signal: wanted.signal, isCurrent: true })
      if (answer.version === undefined) return undefined
      const asked = asAsked(answer, wanted, false)
      keep(key, { ...answer, of: answer.version })
      return asked
    },
    clear() {
      answers.clear()
      length = 0
    },
  }
}

const keyOf = <T>({ path, parameters = {} }: Wanted<T>): string => path + queryOf(parameters)

/** Parsed for each caller, who may change it. */
function asAsked<T>({ text = '', version }: Answer, { path, isIt }: Wanted<T>, cached: boolean): Asked<T> {
  const json: unknown = JSON.parse(text)
  if (!isIt(json)) throw new DataError(path, NOT_ASKED_FOR)
  return { data: json, cached, version }
}
