/** The operations of the service as its own OpenAPI document describes them. */
import * as z from 'zod'
import type { TestApp } from '../http/registry-app.ts'

export type JsonSchema = Record<string, unknown>

export interface Operation {
  method: string
  /** The path, with `{parameter}`s. */
  path: string
  isAdmin: boolean
  parameters: { name: string; in: 'path' | 'query'; required: boolean; schema: JsonSchema }[]
  /** The request body. Its schema is self-contained. */
  body?: { contentType: string; schema: JsonSchema }
  statuses: number[]
  answer?: { contentType: string; schema?: z.ZodType }
}

const Content = z.record(z.string(), z.object({ schema: z.looseObject({}) }))
const Declared = z.object({
  tags: z.array(z.string()),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: z.looseObject({}) }),
  ),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
})
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Declared)),
  components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }),
})
type Declared = z.infer<typeof Declared>
type Schemas = Record<string, JsonSchema>

export async function readOperations(app: TestApp): Promise<Operation[]> {
  const { paths, components } = Document.parse(await (await app.get('/openapi.json')).json())
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, declared]) =>
      operationOf(method.toUpperCase(), path, declared, components.schemas),
    ),
  )
}

function operationOf(method: string, path: string, declared: Declared, schemas: Schemas): Operation {
  const { tags, parameters, requestBody, responses } = declared
  const [body] = Object.entries(requestBody?.content ?? {})
  const [answer] = Object.entries(responses['200']?.content ?? {})
  return {
    method,
    path,
    isAdmin: tags.includes('Admin'),
    parameters,
    ...(body && { body: { contentType: body[0], schema: { ...body[1].schema, $defs: definitionsOf(schemas) } } }),
    statuses: Object.keys(responses).map(Number),
    ...(answer && { answer: { contentType: answer[0], schema: schemaOf(answer[1].schema, schemas) } }),
  }
}

/** A validator built from the document alone, so that it checks what readers of the document expect. */
function schemaOf(schema: JsonSchema, schemas: Schemas): z.ZodType {
  // Throws if it is not a schema.
  return z.fromJSONSchema({ ...relocate(schema), $defs: definitionsOf(schemas) } as z.core.JSONSchema.JSONSchema)
}

const definitionsOf = (schemas: Schemas): JsonSchema => relocate(schemas)

function relocate(json: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(json).replaceAll('"#/components/schemas/', '"#/$defs/'))
}
