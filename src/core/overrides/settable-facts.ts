/**
 * Derives the schemas of what an override may set from the schemas of facts: unknown keys are refused at any depth,
 * every fact is optional, and every text is bounded. A new fact needs no change here.
 */
import * as z from 'zod'
import { isPlainText } from '../plain-text.ts'

/** Longer than any URL that works everywhere. */
const MAX_CHARACTERS = 2000
/** The length of all facts of one override as JSON. Thousands of overrides are listed in one response. */
const MAX_JSON = 32_000

export const NOT_PLAIN = 'contains control characters or lone surrogates'

type Schema = z.core.$ZodType

/** A copy of the schema that refuses unknown keys in every object. */
export function makeStrict<T extends Schema>(schema: T): T {
  // Each copy is a schema of the same kind and the same type.
  return withDescription(schema, copyStrict(schema)) as T
}

/** A copy in which every fact, and every member of an object of facts, is optional. */
export function makePartial<Shape extends z.core.$ZodShape>(schema: z.ZodObject<Shape>) {
  const facts = Object.entries<Schema>(schema.shape).map(([name, fact]) => {
    const known = fact instanceof z.ZodOptional ? fact.unwrap() : fact
    return [name, known instanceof z.ZodObject ? withDescription(fact, known.partial().optional()) : fact]
  })
  const parts = Object.fromEntries(facts) as { [Name in keyof Shape]: InPart<Shape[Name]> } // as made above
  return z.strictObject(parts).partial()
}

type InPart<T> =
  T extends z.ZodOptional<infer Fact> ? InPart<Fact> : T extends z.ZodObject ? ReturnType<T['partial']> : T

/** Paths of optional facts, and of the optional facts inside them; `*` stands for a name that the operator chooses. */
export function optionalPaths(shape: z.core.$ZodShape): string[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    if (!(schema instanceof z.ZodOptional)) return []
    return [name, ...pathsInside(schema.unwrap(), optionalPaths).map((path) => `${name}.${path}`)]
  })
}

/** Paths of all facts and of the facts inside them, in the same notation. */
export function factPaths(shape: z.core.$ZodShape): string[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const fact = schema instanceof z.ZodOptional ? schema.unwrap() : schema
    return [name, ...pathsInside(fact, factPaths).map((path) => `${name}.${path}`)]
  })
}

export function matchesPath(path: string, pattern: string): boolean {
  const [names, wanted] = [path.split('.'), pattern.split('.')]
  return (
    names.length === wanted.length &&
    names.every((name, at) => (wanted[at] === '*' ? name !== '' : name === wanted[at]))
  )
}

/** The first text that is too long or not plain, or an error if all facts together are too long. */
export function findUnboundedText(facts: unknown): { path: string[]; message: string } | undefined {
  if (JSON.stringify(facts).length > MAX_JSON)
    return { path: [], message: `is longer than ${MAX_JSON} characters of JSON` }
  return findText(facts, [])
}

function copyStrict(schema: Schema): Schema {
  if (schema instanceof z.ZodOptional) return z.optional(makeStrict(schema.unwrap()))
  if (schema instanceof z.ZodObject) return schema.safeExtend(mapShape(schema.shape)).strict()
  if (schema instanceof z.ZodRecord) return schema.clone({ ...schema.def, valueType: makeStrict(schema.def.valueType) })
  if (schema instanceof z.ZodUnion) return schema.clone({ ...schema.def, options: schema.options.map(makeStrict) })
  if (schema instanceof z.ZodArray) return copyList(schema)
  return schema
}

/**
 * Lists of names are normalized: in vocabulary order, each name once. An empty list is refused: it would be an unknown
 * fact.
 */
function copyList(list: z.ZodArray): Schema {
  const { element } = list
  if (!(element instanceof z.ZodEnum)) return list.clone({ ...list.def, element: makeStrict(element) })
  return list.min(1).overwrite((given) => element.options.filter((name) => given.includes(name)))
}

function mapShape(shape: z.core.$ZodShape): z.core.$ZodShape {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, makeStrict(schema)]))
}

function withDescription<T extends Schema>(original: Schema, copy: T): T {
  const { description } = z.globalRegistry.get(original) ?? {}
  return description !== undefined && copy instanceof z.ZodType ? copy.meta({ description }) : copy
}

function pathsInside(fact: Schema, pathsOf: (shape: z.core.$ZodShape) => string[]): string[] {
  if (fact instanceof z.ZodObject) return pathsOf(fact.shape)
  if (!(fact instanceof z.ZodRecord)) return []
  return ['*', ...pathsInside(fact.def.valueType, pathsOf).map((path) => `*.${path}`)]
}

function findText(fact: unknown, path: string[]): { path: string[]; message: string } | undefined {
  if (typeof fact === 'string' && fact.length > MAX_CHARACTERS)
    return { path, message: `is longer than ${MAX_CHARACTERS} characters` }
  if (typeof fact === 'string' && !isPlainText(fact)) return { path, message: NOT_PLAIN }
  if (typeof fact !== 'object' || fact === null) return undefined
  for (const [key, member] of Object.entries(fact)) {
    const wrong = findText(key, path) ?? findText(member, [...path, key])
    if (wrong) return wrong
  }
  return undefined
}
