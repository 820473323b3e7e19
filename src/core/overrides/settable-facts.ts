/**
 * The schemas of facts made into schemas of what an override may set: without unknown keys at any depth, in part, and
 * with bounds on every text. Made of the schemas themselves, so that a new fact needs no mention here.
 */
import * as z from 'zod'
import { isPlainText } from '../plain-text.ts'

/** Longer than any URL that works everywhere. */
const MAX_CHARACTERS = 2000
/** Of all facts of one override as JSON; thousands of overrides are listed in one answer. */
const MAX_JSON = 32_000

export const NOT_PLAIN = 'contains control characters or lone surrogates'

type Schema = z.core.$ZodType

/** The same facts, without keys that the registry does not know in any object of them. */
export function strictly<T extends Schema>(schema: T): T {
  // Each copy is of its own kind, and of the same type.
  return described(schema, copyStrictly(schema)) as T
}

/** Facts may be set in part, and so may objects of facts. */
export function inPart<Shape extends z.core.$ZodShape>(schema: z.ZodObject<Shape>) {
  const facts = Object.entries<Schema>(schema.shape).map(([name, fact]) => {
    const known = fact instanceof z.ZodOptional ? fact.unwrap() : fact
    return [name, known instanceof z.ZodObject ? described(fact, known.partial().optional()) : fact]
  })
  const parts = Object.fromEntries(facts) as { [Name in keyof Shape]: InPart<Shape[Name]> } // as made above
  return z.strictObject(parts).partial()
}

type InPart<T> =
  T extends z.ZodOptional<infer Fact> ? InPart<Fact> : T extends z.ZodObject ? ReturnType<T['partial']> : T

/** Paths of the facts that an entity may lack, and of those inside them; `*` stands for any name of an operator's own. */
export function optionalPaths(shape: z.core.$ZodShape): string[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    if (!(schema instanceof z.ZodOptional)) return []
    return [name, ...pathsInside(schema.unwrap(), optionalPaths).map((path) => `${name}.${path}`)]
  })
}

/** Paths of all facts, and of those inside them, in the same way. */
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

/** Where a text is too long or not plain, and where all facts together are too long. */
export function findUnboundedText(facts: unknown): { path: string[]; message: string } | undefined {
  if (JSON.stringify(facts).length > MAX_JSON)
    return { path: [], message: `is longer than ${MAX_JSON} characters of JSON` }
  return findText(facts, [])
}

function copyStrictly(schema: Schema): Schema {
  if (schema instanceof z.ZodOptional) return z.optional(strictly(schema.unwrap()))
  if (schema instanceof z.ZodObject) return schema.safeExtend(mapShape(schema.shape)).strict()
  if (schema instanceof z.ZodRecord) return schema.clone({ ...schema.def, valueType: strictly(schema.def.valueType) })
  if (schema instanceof z.ZodUnion) return schema.clone({ ...schema.def, options: schema.options.map(strictly) })
  if (schema instanceof z.ZodArray) return copyList(schema)
  return schema
}

/** One list for one meaning: names in the order of all such lists, each once. An empty list would be an unknown fact. */
function copyList(list: z.ZodArray): Schema {
  const { element } = list
  if (!(element instanceof z.ZodEnum)) return list.clone({ ...list.def, element: strictly(element) })
  return list.min(1).overwrite((given) => element.options.filter((name) => given.includes(name)))
}

function mapShape(shape: z.core.$ZodShape): z.core.$ZodShape {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, strictly(schema)]))
}

function described<T extends Schema>(original: Schema, copy: T): T {
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
