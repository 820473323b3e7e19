/**
 * A page: its path, and how its code is loaded. The code is evaluated when the page is first requested, so that it does not
 * slow the start of the API.
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
  /** The URL of the page, with the origin of the registry. */
  url: URL
}

/** Where to redirect after the form was accepted. */
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
