/**
 * The OpenAPI 3.1 document of the routes, from the zod schemas that validate and type them. Generated here because the
 * libraries that do so import every zod locale, which would double the Worker's size and start-up time.
 */
import * as z from 'zod'
import type { Failure } from '../../core/failure.ts'
import { ModelKey } from '../../core/schema/model.ts'
import { statusOf } from '../problem.ts'
import type { Params } from '../request/params.ts'
import type { Route, Schema } from '../route.ts'
import { exampleOfParameter, withExamples } from './examples.ts'

type Json = Record<string, unknown>

export async function createOpenApi(routes: readonly Route[]): Promise<Json> {
  const schemas: Record<string, Json> = {}
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: await operationOf(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'LLM Registry',
      version: '1',
      summary: 'Facts about language models: every version kept, every change explained.',
      description:
        'An unknown fact is an absent key, never null and never 0. Each manifest names its sources in `attribution`; credit them where you show the data.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: mapValues({ ...schemas, Problem: await toJsonSchema(Problem, schemas) }, (schema) =>
        withExamples(schema),
      ),
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: TOKEN_DESCRIPTION } },
    },
  }
}

const TOKEN_DESCRIPTION =
  'A token from ADMIN_TOKEN, which allows everything, or from READ_TOKEN, if the operator has set it, which allows reads.'

const Problem = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    lastVersion: z.string().optional(),
    movedTo: z.object({ provider: z.string(), value: z.string() }).optional(),
    versions: z.array(z.string()).optional(),
    candidates: z.array(ModelKey).optional(),
  })
  .meta({ description: 'Problem details (RFC 9457)' })

async function operationOf(route: Route, schemas: Record<string, Json>): Promise<Json> {
  const { summary, requestBody, response, access } = route
  const contentType = response.contentType ?? 'application/json'
  const content = response.schema && {
    [contentType]: { schema: withExamples(await toJsonSchema(response.schema, schemas)) },
  }
  const body = requestBody && {
    [requestBody.contentType ?? 'application/json']: {
      schema: withExamples(await toJsonSchema(requestBody.schema, schemas)),
      example: requestBody.example,
    },
  }
  return {
    summary,
    tags: [access === 'admin' ? 'Admin' : 'Reading'],
    security: access === 'admin' ? [{ token: [] }] : access === 'reader' ? [{}, { token: [] }] : [],
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...(requestBody && { requestBody: { required: true, description: requestBody.description, content: body } }),
    responses: { 200: { description: response.description, ...(content && { content }) }, ...problemResponses(route) },
  }
}

function pathParameters(path: string): Json[] {
  return Array.from(path.matchAll(/:(\w+)/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    ...exampleOfParameter(name ?? '', true),
    schema: { type: 'string' },
  }))
}

function queryParameters(query: Params): Json[] {
  return Object.entries(query).map(([name, { description, isRequired, isList, schema }]) => ({
    name,
    in: 'query',
    required: isRequired,
    ...(description && { description }),
    ...exampleOfParameter(name, isRequired),
    schema: isList ? { type: 'array', items: schema } : schema,
  }))
}

function problemResponses({ access, failures }: Route): Record<string, Json> {
  const codes: Failure['code'][] = [
    'invalid-request',
    ...(access === 'anyone' ? [] : (['unauthorized', 'rate-limited'] as const)),
  ]
  if (access === 'admin') codes.push('admin-disabled')
  const grouped = Map.groupBy([...codes, ...failures, 'internal' as const], (code) => statusOf(code).status)
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return Object.fromEntries(
    [...grouped].map(([status, group]) => [
      status,
      { description: group.map((code) => `${code}: ${statusOf(code).title}`).join('; '), content },
    ]),
  )
}

/** A schema with an id is added to the components and referenced. */
async function toJsonSchema(given: Schema, schemas: Record<string, Json>): Promise<Json> {
  const schema = typeof given === 'function' ? await given() : given
  const { $schema: _, $defs = {}, id, ...json } = z.toJSONSchema(schema, { reused: 'inline' })
  for (const [name, definition] of Object.entries($defs)) schemas[name] = withoutIds(relocate(definition))
  const relocated = withoutIds(relocate(json))
  if (typeof id !== 'string') return relocated
  schemas[id] = relocated
  return { $ref: `#/components/schemas/${id}` }
}

function relocate(json: unknown): Json {
  return JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/'))
}

function mapValues(
  record: Record<string, Json>,
  change: (json: Json, name: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, json]) => [name, change(json, name)]))
}

function withoutIds({ id: _, ...json }: Json): Json {
  return json
}
