import { fail, ok } from '../../core/failure.ts'
import { jsonView } from '../../views/json-view.ts'
import { textView, type View } from '../../views/view.ts'
import { bodies } from '../docs/lazy-bodies.ts'
import type { Answered, Exchange } from '../exchange.ts'
import { NO_QUERY } from '../request/query.ts'
import { defineRoute, type Route } from '../route.ts'

const ASSETS = { 'swagger-ui-bundle.js': 'text/javascript', 'swagger-ui.css': 'text/css' } as const

const docs = defineRoute({
  method: 'GET',
  path: '/docs',
  access: 'reader',
  summary: 'The API documentation as a page, with live requests',
  query: NO_QUERY,
  response: { description: 'HTML', contentType: 'text/html' },
  failures: [],
  handle: async (exchange) => (await import('../docs/answer-docs.ts')).answerDocs(exchange),
})

const script = defineRoute({
  method: 'GET',
  path: '/docs/start.js',
  access: 'reader',
  summary: 'The script of the documentation page',
  query: NO_QUERY,
  response: { description: 'JavaScript', contentType: 'text/javascript' },
  failures: [],
  async handle() {
    const { docsScript } = await import('../../views/pages/docs/docs-page.tsx')
    return ok({ body: textView(docsScript, 'text/javascript; charset=utf-8'), lifetime: 'none' })
  },
})

const assets = Object.entries(ASSETS).map(([file, contentType]) =>
  defineRoute({
    method: 'GET',
    path: `/docs/${file}`,
    access: 'reader',
    summary: 'An asset of the documentation page',
    query: NO_QUERY,
    response: { description: 'Served by this Worker, not by a third party', contentType },
    failures: ['not-found'],
    handle: (exchange) => readAsset(exchange, file, contentType),
  }),
)

async function readAsset({ env, request }: Exchange, file: string, contentType: string): Promise<Answered> {
  const response = await env.ASSETS.fetch(new URL(`/docs/${file}`, request.url))
  if (!response.ok)
    return fail({ code: 'not-found', detail: `Cannot find "${file}": it was not deployed with the Worker` })
  return ok({
    body: { bytes: new Uint8Array(await response.arrayBuffer()), contentType: `${contentType}; charset=utf-8` },
    lifetime: 'current',
  })
}

/** The document describes the given routes and its own. */
export function createDocsRoutes(described: () => Promise<readonly Route[]>): Route[] {
  let document: View | undefined
  const openapi: Route = defineRoute({
    method: 'GET',
    path: '/openapi.json',
    access: 'reader',
    summary: 'This document',
    query: NO_QUERY,
    response: { description: 'OpenAPI 3.1', schema: () => bodies().then(({ OpenApi }) => OpenApi) },
    failures: [],
    async handle(): Promise<Answered> {
      const { createOpenApi } = await import('../docs/openapi.ts')
      const all = [...(await described()), openapi, docs]
      document ??= jsonView(await createOpenApi(all))
      return ok({ body: document, lifetime: 'none' })
    },
  })
  return [openapi, docs, script, ...assets]
}
