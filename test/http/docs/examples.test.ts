import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { loadRoutes, routes } from '../../../src/http/routes.ts'
import { testApp } from '../../support/http/registry-app.ts'

type Json = Record<string, unknown>
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ parameters: z.array(z.looseObject({})) }))),
  components: z.object({ schemas: z.record(z.string(), z.looseObject({})) }),
})

let document: z.infer<typeof Document>
beforeAll(async () => {
  document = Document.parse(await (await testApp().get('/openapi.json')).json())
})

/** Every schema of a text or a number, with its property name. */
function leavesOf(node: unknown, name = ''): { name: string; schema: Json }[] {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node)) return node.flatMap((part) => leavesOf(part, name))
  const { type, enum: words, const: value, properties = {}, propertyNames: _, example: __, ...rest }: Json = { ...node }
  const isLeaf = ['string', 'number', 'integer'].includes(String(type)) && words === undefined && value === undefined
  return [
    ...(isLeaf ? [{ name, schema: { ...node } }] : []),
    ...Object.entries(properties ?? {}).flatMap(([key, part]) => leavesOf(part, key)),
    ...Object.values(rest).flatMap((part) => leavesOf(part, name)),
  ]
}

describe('the examples of /openapi.json', () => {
  it('are given for every named text and number of a body, and match its schema', () => {
    const bodies = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ parameters: _, ...operation }) => operation),
    )
    const leaves = [...leavesOf(document.components.schemas), ...leavesOf(bodies)].filter(({ name }) => name !== '')
    expect(leaves.length).toBeGreaterThan(500)
    for (const { name, schema } of leaves) {
      const [example] = z.array(z.union([z.string(), z.number()])).parse(schema.examples ?? [], { error: () => name })
      if (isComponent(name)) continue
      expect(example, `${name} ${JSON.stringify(schema)}`).toBeDefined()
      expect(z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(example).error, name).toBeUndefined()
    }
  })

  it('for requests are accepted by the route', async () => {
    for (const { path, requestBody } of await loadRoutes(routes)) {
      const { schema, example } = requestBody ?? {}
      const body = typeof schema === 'function' ? await schema() : schema
      expect(body?.safeParse(example).error, path).toBeUndefined()
    }
  })

  it('preset required values, and dryRun=true for changes that can be tried', () => {
    for (const methods of Object.values(document.paths))
      for (const { parameters } of Object.values(methods))
        for (const { name, required, example } of parameters)
          if (name === 'dryRun') expect(example).toBe(true)
          else expect(example !== undefined, String(name)).toBe(required === true)
  })
})

/** Names of components, whose values have names too. */
const isComponent = (name: string): boolean =>
  Object.hasOwn(document.components.schemas, name) || /^(__|\d|\/)/.test(name)
