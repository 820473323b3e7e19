/** A route: its path, who may call it, its parameters and its response. The app and the OpenAPI document are built from these. */
import type * as z from 'zod'
import type { Failure } from '../core/failure.ts'
import type { Answered, Exchange } from './exchange.ts'
import type { Audience } from './reply/headers.ts'
import type { Params, QueryOf } from './request/params.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
/** anyone: never a token · reader: READ_TOKEN if it is set · admin: ADMIN_TOKEN */
export type Access = 'anyone' | 'reader' | 'admin'
export type PathParams = Record<string, string>

/** A function for schemas that reads do not need: evaluating schemas takes time. */
export type Schema = z.ZodType | (() => Promise<z.ZodType>)

interface Described {
  description: string
  contentType?: string
}

export interface Route {
  method: Method
  /** In Hono's syntax. */
  path: string
  access: Access
  summary: string
  query: Params
  requestBody?: Described & { schema: Schema; example: unknown }
  response: Described & { schema?: Schema }
  /** The failures besides invalid input, a missing token and bugs. */
  failures: readonly Failure['code'][]
  handle: (exchange: Exchange, params: PathParams, query: never) => Promise<Answered> | Answered
}

/** Routes below a path, loaded when the first of them is called. */
export interface LazyRoutes {
  /** In Hono's syntax. */
  path: string
  load: () => Promise<readonly Route[]>
}

interface TypedRoute<Query extends Params> extends Omit<Route, 'query' | 'handle'> {
  query: Query
  handle: (exchange: Exchange, params: PathParams, query: QueryOf<Query>) => Promise<Answered> | Answered
}

/** Ties the type of the handler's query to its parameters. */
export function defineRoute<Query extends Params>(route: TypedRoute<Query>): Route {
  return route
}

export function audienceOf(access: Access): Audience {
  return { cors: access !== 'admin' }
}
