/**
 * Values that a JSON Schema allows. Keywords that are not implemented here may give invalid values, which is harmless.
 */
import * as fc from 'fast-check'
import type { JsonSchema } from './operations.ts'

/** Text that names something in the test registry. */
const anyText = fc.constantFrom('acme', 'one', 'globex', 'Org/Two:free', 'gpt', 'é', 'because', 'sk-...')

export function anyJsonOf(schema: JsonSchema, root: JsonSchema = schema): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === 'string') return anyJsonOf(referredTo(schema.$ref, root), root)
  if ('const' in schema) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return fc.oneof(...choices.map((choice) => anyJsonOf(choice, root)))
  switch (schema.type) {
    case 'object':
      return anyObjectOf(schema, root)
    case 'array':
      return fc.array(isSchema(schema.items) ? anyJsonOf(schema.items, root) : fc.jsonValue(), {
        minLength: numberOr(schema.minItems, 0),
        maxLength: 3,
      })
    case 'string':
      return anyTextOf(schema)
    case 'integer':
    case 'number':
      return anyNumberOf(schema)
    case 'boolean':
      return fc.boolean()
    default:
      return fc.jsonValue()
  }
}

function anyObjectOf({ properties, required }: JsonSchema, root: JsonSchema): fc.Arbitrary<unknown> {
  if (!isSchema(properties)) return fc.constant({})
  const members = Object.entries(properties).filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]))
  return fc.record(Object.fromEntries(members.map(([name, schema]) => [name, anyJsonOf(schema, root)])), {
    requiredKeys: Array.isArray(required) ? required : [],
  })
}

function anyTextOf({ format }: JsonSchema): fc.Arbitrary<string> {
  switch (format) {
    case 'date':
      return fc.constantFrom('2024-02-29', '2025-03-01', '0000-01-01', '9999-12-31')
    case 'date-time':
      return fc.constantFrom('2025-03-09T02:00:00.000Z', '2025-03-08T04:00:00+02:00', '2001-01-01T00:00:00Z')
    case 'uri':
      return fc.constantFrom('https://example.com/', 'http://localhost:1/?a=%00#x')
    default:
      return anyText
  }
}

function anyNumberOf({ type, minimum, exclusiveMinimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const min = numberOr(minimum, numberOr(exclusiveMinimum, -1000))
  const max = numberOr(maximum, 1e6)
  const extremes = fc.constantFrom(min, max, Math.min(max, min + 1))
  const between =
    type === 'integer'
      ? fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) })
      : fc.double({ min, max, noNaN: true })
  return fc.oneof(between, extremes)
}

function referredTo(reference: string, root: JsonSchema): JsonSchema {
  const name = reference.replace(/^#\/\$defs\//, '')
  const found = isSchema(root.$defs) ? root.$defs[name] : undefined
  return isSchema(found) ? found : {}
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)
