/** A route: where it is, who may call it, what it takes and answers. The app and the OpenAPI document are made of these. */
import type * as z from 'zod'
import type { Failure } from '../core/failure.ts'
import type { Answered, Exchange } from './exchange.ts'
import type { Audience } from './reply/reply.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
/** anyone: no token ever · reader: READ_TOKEN where it is set · admin: ADMIN_TOKEN */
export type Access = 'anyone' | 'reader' | 'admin'
export type PathParams = Record<string, string>

export interface Route {
  method: Method
  /** In Hono's syntax. */
  path: string
  access: Access
  summary: string
  query: z.ZodObject
  requestBody?: { description: string; schema: z.ZodType; contentType?: string; example: unknown }
  response: { description: string; schema?: z.ZodType; contentType?: string }
  /** What can go wrong beside bad input, a missing token and bugs. */
  failures: readonly Failure['code'][]
  handle: (exchange: Exchange, params: PathParams, query: never) => Promise<Answered> | Answered
}

interface TypedRoute<Query extends z.ZodObject> extends Omit<Route, 'query' | 'handle'> {
  query: Query
  handle: (exchange: Exchange, params: PathParams, query: z.infer<Query>) => Promise<Answered> | Answered
}

/** Ties the type of the handler's query to its schema. */
export function defineRoute<Query extends z.ZodObject>(route: TypedRoute<Query>): Route {
  return route
}

export function audienceOf(access: Access): Audience {
  return { cors: access !== 'admin' }
}
