/**
 * A page for people: where it is, and how its code is loaded. That code is evaluated when a page is first asked for, so
 * that it costs the API nothing at start-up.
 */
import type * as z from 'zod'
import type { Result } from '../../core/failure.ts'
import type { Answered, Exchange } from '../exchange.ts'
import type { Access, PathParams } from '../route.ts'

export interface Page {
  /** In Hono's syntax. */
  path: string
  access: Exclude<Access, 'admin'>
  load: () => Promise<PageHandler>
  /** Its form is sent by POST. */
  isForm?: true
}

export interface PageRequest {
  exchange: Exchange
  params: PathParams
  /** Where the registry and the page are. */
  url: URL
}

/** Where a form leads after it was taken. */
export interface Submission {
  location: string
  headers: Record<string, string>
}

export interface PageHandler {
  /** Unknown and empty parameters are ignored: forms send empty ones, and other sites add their own. */
  query: z.ZodObject
  answer: (request: PageRequest, query: never) => Promise<Answered>
  /** Of a page with a form that is sent by POST. */
  submit?: (request: PageRequest) => Promise<Result<Submission>>
}

interface TypedHandler<Query extends z.ZodObject> {
  query: Query
  answer: (request: PageRequest, query: z.infer<Query>) => Promise<Answered>
  submit?: PageHandler['submit']
}

/** Ties the type of the query to its schema. */
export function definePage<Query extends z.ZodObject>(handler: TypedHandler<Query>): PageHandler {
  return handler
}
