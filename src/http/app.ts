/**
 * The HTTP layer: routes, and around each of them authorization, the parsed query, and the response to a failure. One
 * function instead of middleware, because a warm read is so cheap that layers would be measurable.
 */
import { type Context, Hono } from 'hono'
import { readsArePublic } from '../config.ts'
import { type Failure, fail, type Result } from '../core/failure.ts'
import type { Memory } from '../edge/memory.ts'
import { authorizeAdmin, authorizeReader } from './auth.ts'
import type { Exchange } from './exchange.ts'
import { callPage, replyWithPage, wantsPage } from './pages/call-page.ts'
import type { Page } from './pages/page.ts'
import { STATUS } from './problem.ts'
import { allowedOrigin, originOf, preflightHeaders } from './reply/cors.ts'
import { ReadyAnswers } from './reply/ready-answers.ts'
import { replyEmpty, replyWith, replyWithProblem } from './reply/reply.ts'
import { parseQuery } from './request/query.ts'
import { RequestExchange } from './request/request-exchange.ts'
import { type Access, audienceOf, type LazyRoutes, type Route } from './route.ts'
import { StaticFirstRouter } from './static-first-router.ts'

type Bindings = { Bindings: Env }
type AppContext = Context<Bindings>

/** RFC 9110 (section 4.1) recommends at least 8000; all paths and queries of the registry are far shorter. */
const MAX_URL_LENGTH = 8192

export interface App {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response>
}

export function createApp(routes: readonly (Route | LazyRoutes)[], memory: Memory, pages: readonly Page[] = []): App {
  const ready = new ReadyAnswers()
  const router = createRouter(routes, memory, pages, ready)
  return {
    fetch(request, env, context) {
      // Before the router: what it and the layers below it cost is more than all else of an answer that is ready.
      const isReady = request.method === 'GET' && ready.has(request.url)
      const exchange = isReady && new RequestExchange({ request, env, context: () => context }, memory)
      return (exchange && ready.reply(exchange)) || router.fetch(request, env, context)
    },
  }
}

function createRouter(
  routes: readonly (Route | LazyRoutes)[],
  memory: Memory,
  pages: readonly Page[],
  ready: ReadyAnswers,
): Hono<Bindings> {
  const app = new Hono<Bindings>({ router: new StaticFirstRouter() })
  const loaded = routes.filter((route): route is Route => !('load' in route))
  // One handler per path: if several match, Hono composes them again for each request.
  for (const [path, group] of Map.groupBy(loaded, (route) => route.path))
    app.all(path, (c) => callPath(c, exchangeOf(c, memory), group, ready))
  for (const route of routes) if ('load' in route) app.all(route.path, forwardTo(route, memory))
  for (const page of pages) app.all(page.path, (c) => callPage(exchangeOf(c, memory), page, c.req.param()))
  app.notFound((c) => refusePath(exchangeOf(c, memory), c.req.path, isForPeople(c)))
  app.onError((error, c) => {
    console.error(error)
    const failure: Failure = {
      code: 'internal',
      detail: 'Cannot answer: unexpected error; see the log of the Worker',
    }
    if (isForPeople(c)) return replyWithPage(exchangeOf(c, memory), failure)
    return replyWithProblem(exchangeOf(c, memory), failure, audienceOf(accessOf(c.req.path)))
  })
  return app
}

function exchangeOf(c: AppContext, memory: Memory): Exchange {
  return new RequestExchange({ request: c.req.raw, env: c.env, context: () => c.executionCtx }, memory)
}

/** To a separate app, created with the first request for it. */
function forwardTo({ load }: LazyRoutes, memory: Memory): (c: AppContext) => Promise<Response> {
  let app: App | undefined
  return async (c) => {
    app ??= createApp(await load(), memory)
    return app.fetch(c.req.raw, c.env, c.executionCtx as ExecutionContext) // as the runtime made it
  }
}

function callPath(c: AppContext, exchange: Exchange, group: readonly Route[], ready: ReadyAnswers): Promise<Response> {
  const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
  const route = group.find((route) => route.method === method)
  return route ? callRoute(c, exchange, route, ready) : refuseMethod(exchange, group)
}

async function callRoute(c: AppContext, exchange: Exchange, route: Route, ready: ReadyAnswers): Promise<Response> {
  const audience = audienceOf(route.access)
  const query = readQuery(route, c.req.url)
  // A token in a query would end up in logs: it is refused before anything else.
  if (!query.ok && route.access === 'admin' && c.req.url.includes('?'))
    return replyWithProblem(exchange, query.failure, audience)
  const authorized = authorize(exchange, route.access)
  const refused = authorized && (await authorized)
  if (refused && isForPeople(c)) return replyWithPage(exchange, refused)
  if (refused) return replyWithProblem(exchange, refused, audience)
  if (!query.ok) return replyWithProblem(exchange, query.failure, audience)
  const { memory } = exchange.tiers
  const pointer = memory.pointer
  // `defineRoute` tied the handler's query to the parameters that have just been read.
  const answered = await route.handle(exchange, c.req.param(), query.value as never)
  if (!answered.ok) return replyWithProblem(exchange, answered.failure, audience)
  if ('redirect' in answered.value)
    return replyEmpty(exchange, STATUS.found, { location: answered.value.redirect }, audience)
  if (pointer && pointer === memory.pointer && isRead(route)) ready.keep(exchange, answered.value, audience, pointer)
  return replyWith(exchange, answered.value, audience)
}

/** Whether its answers are the same for all, once they may read. */
function isRead({ method, access }: Route): boolean {
  return method === 'GET' && access !== 'admin'
}

function readQuery(route: Route, url: string): Result<Record<string, unknown>> {
  if (url.length > MAX_URL_LENGTH) return urlTooLong
  const start = url.indexOf('?')
  return start < 0 ? emptyQueryOf(route) : parseQuery(route.query, url.slice(start + 1))
}

const urlTooLong = fail({
  code: 'invalid-request',
  detail: `Cannot read the URL: it is longer than ${MAX_URL_LENGTH} characters`,
  errors: [{ field: 'url', message: `is longer than ${MAX_URL_LENGTH} characters` }],
})

const emptyQueries = new WeakMap<Route, Result<Record<string, unknown>>>()

/** Most requests have no query: the result for a route is computed once. */
function emptyQueryOf(route: Route): Result<Record<string, unknown>> {
  const known = emptyQueries.get(route) ?? parseQuery(route.query, '')
  emptyQueries.set(route, known)
  return known
}

/** Nothing to wait for where all may read: each promise is a part of what a warm read costs. */
function authorize(exchange: Exchange, access: Access): Promise<Failure | undefined> | undefined {
  switch (access) {
    case 'anyone':
      return undefined
    case 'reader':
      return readsArePublic(exchange.config) ? undefined : authorizeReader(exchange)
    case 'admin':
      return authorizeAs(exchange)
  }
}

async function authorizeAs(exchange: Exchange): Promise<Failure | undefined> {
  const admin = await authorizeAdmin(exchange)
  if (admin.ok) exchange.admin = admin.value
  return admin.ok ? undefined : admin.failure
}

/** OPTIONS, and the methods that a path does not have. */
async function refuseMethod(exchange: Exchange, routes: readonly Route[]): Promise<Response> {
  const access = routes[0]?.access ?? 'reader'
  const audience = audienceOf(access)
  const methods = routes.map(({ method }): string => method)
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']
  // Browsers send no token with a preflight.
  if (exchange.request.method === 'OPTIONS')
    return replyEmpty(exchange, STATUS.noContent, optionsHeaders(exchange, access, allow), audience)
  const refused = await authorize(exchange, access)
  const detail = `Cannot use ${exchange.request.method} on this path: allowed methods are ${allow.join(', ')}`
  return replyWithProblem(exchange, refused ?? { code: 'method-not-allowed', detail, allow }, audience)
}

function optionsHeaders({ request, config }: Exchange, access: Access, allow: string[]): Record<string, string> {
  const allowed = access !== 'admin' && config.allowedOrigins.ok ? config.allowedOrigins.value : []
  const origin = allowedOrigin(originOf(request), allowed)
  const preflight = request.headers.has('access-control-request-method') && origin !== undefined
  const requested = request.headers.get('access-control-request-headers')
  return { allow: allow.join(', '), ...(preflight && preflightHeaders(origin, allow, requested)) }
}

/** A browser that requests a path outside the API. */
function isForPeople({ req }: AppContext): boolean {
  return !req.path.startsWith('/v1/') && wantsPage(req.raw)
}

async function refusePath(exchange: Exchange, path: string, forPeople: boolean): Promise<Response> {
  const access = accessOf(path)
  const refused = await authorize(exchange, access)
  if (forPeople)
    return replyWithPage(
      exchange,
      refused ?? { code: 'not-found', detail: `Cannot find "${path.slice(0, 200)}": no such page` },
    )
  const detail = `Cannot find "${path.slice(0, 200)}": no such route; GET /openapi.json lists all routes`
  return replyWithProblem(exchange, refused ?? { code: 'not-found', detail }, audienceOf(access))
}

/** Who may learn that a path does not exist. */
function accessOf(path: string): Access {
  return /^\/v1\/admin(\/|$)/.test(path) ? 'admin' : 'reader'
}
