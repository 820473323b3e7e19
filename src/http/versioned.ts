/** Responses that are a function of a version: which commit is meant, their lifetime, and their view from the tiers. */
import { type Failure, fail, ok, type Result } from '../core/failure.ts'
import type { Pointer } from '../core/schema/history.ts'
import { partsOf } from '../edge/parts/read-parts.ts'
import type { VersionParts } from '../edge/parts/version-parts.ts'
import { resolve } from '../edge/resolve.ts'
import type { TaggedView } from '../edge/tagged-view.ts'
import { type Render, readView, readViewOf } from '../edge/versions/read-version.ts'
import type { Answer, Answered, Exchange, Lifetime } from './exchange.ts'
import type { QueryOf } from './request/params.ts'
import { selectorOf, type VERSION_QUERY } from './request/query.ts'

export type VersionQuery = QueryOf<typeof VERSION_QUERY>

export interface Chosen {
  version: Pointer
  lifetime: Lifetime
}

export async function chooseVersion({ tiers }: Exchange, query: VersionQuery): Promise<Result<Chosen>> {
  const selector = selectorOf(query)
  if (!selector.ok) return selector
  const resolved = await resolve(tiers, selector.value)
  if (!resolved.ok) return resolved
  return ok({ version: resolved.value.pointer, lifetime: resolved.value.isFinal ? 'immutable' : 'current' })
}

/** The fields that every response about a version has. */
export function answerOf({ version, lifetime }: Chosen): Pick<Answer, 'version' | 'lifetime'> {
  return { version: version.version, lifetime }
}

/** A list that every version has. */
export async function answerList(
  exchange: Exchange,
  query: VersionQuery,
  key: string,
  render: Render,
): Promise<Answered> {
  const chosen = await chooseVersion(exchange, query)
  if (!chosen.ok) return chosen
  const body = async (): Promise<TaggedView> => {
    const read = await readView(exchange.tiers, chosen.value.version, key, render)
    if (!read) throw new Error(`Cannot render "${key}" of ${chosen.value.version.version}`)
    return read
  }
  return ok({ ...answerOf(chosen.value), body })
}

/** Content of some providers that a version may lack: it is looked up before `If-None-Match`, because 404 takes precedence. */
export async function answerItem(
  exchange: Exchange,
  query: VersionQuery,
  key: string,
  providers: readonly string[],
  render: Render<VersionParts>,
  missing: (version: Pointer) => Promise<Failure> | Failure,
): Promise<Answered> {
  const chosen = await chooseVersion(exchange, query)
  if (!chosen.ok) return chosen
  const body = await readViewOf(partsOf(providers), exchange.tiers, chosen.value.version, key, render)
  return body ? ok({ ...answerOf(chosen.value), body }) : fail(await missing(chosen.value.version))
}
