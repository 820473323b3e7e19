/**
 * What a query parameter may be: how its text is parsed, and how the API document describes it. Written by hand rather
 * than with zod, because every isolate needs these before its first response, and evaluating zod takes longer than
 * everything else.
 */

import { isCalendarDay } from '../../core/calendar.ts'

export interface Param<T, Required extends boolean = boolean> {
  /** `undefined` if the text is not valid. */
  read: (text: string) => T | undefined
  /** What is expected, to follow "is not". */
  wanted: string
  /** The allowed words, if there are few, to suggest the nearest. */
  words?: readonly string[]
  /** May be repeated, which makes it a list. */
  isList: boolean
  isRequired: Required
  /** JSON Schema of one value. */
  schema: Readonly<Record<string, unknown>>
  description?: string
}

export type Params = Readonly<Record<string, Param<unknown>>>

type Value<P> = P extends Param<infer T> ? T : never
type RequiredNames<P extends Params> = {
  [Name in keyof P]: P[Name] extends Param<unknown, true> ? Name : never
}[keyof P]

/** The type of a parsed query, by its parameters. */
export type QueryOf<P extends Params> = { [Name in RequiredNames<P>]: Value<P[Name]> } & {
  [Name in Exclude<keyof P, RequiredNames<P>>]?: Value<P[Name]>
}

type Optional<T> = Param<T, false>

export function textParam(description?: string): Optional<string> {
  return { ...single, read: (text) => text, wanted: 'a text', schema: { type: 'string' }, ...described(description) }
}

export function wordParam<const Word extends string>(words: readonly Word[], description?: string): Optional<Word> {
  const read = (text: string) => words.find((word) => word === text)
  return {
    ...single,
    read,
    wanted: `one of ${words.join(', ')}`,
    words,
    schema: wordSchema(words),
    ...described(description),
  }
}

interface Bounds {
  min: number
  max?: number
  isWhole?: boolean
}

/** In plain decimal notation; no hexadecimal, exponent or white space. */
export function numberParam({ min, max, isWhole = false }: Bounds, description?: string): Optional<number> {
  const read = (text: string) => {
    const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    const isRight =
      number >= min && number <= (max ?? Number.MAX_SAFE_INTEGER) && (!isWhole || Number.isInteger(number))
    return isRight ? number : undefined
  }
  const range = max === undefined ? `of at least ${min}` : `from ${min} to ${max}`
  const schema = { type: isWhole ? 'integer' : 'number', minimum: min, ...(max !== undefined && { maximum: max }) }
  return { ...single, read, wanted: `a ${isWhole ? 'whole ' : ''}number ${range}`, schema, ...described(description) }
}

export function countParam(min: number, description?: string, max?: number): Optional<number> {
  return numberParam({ min, isWhole: true, ...(max !== undefined && { max }) }, description)
}

export function flagParam(description: string): Optional<boolean> {
  const read = (text: string) => (text === 'true' ? true : text === 'false' ? false : undefined)
  return { ...single, read, wanted: '"true" or "false"', schema: { type: 'boolean' }, description }
}

export function dayParam(description: string): Optional<string> {
  return { ...checkedParam(textParam(description), isCalendarDay, 'a date such as "2026-01-31"'), schema: DAY_SCHEMA }
}

const DAY_SCHEMA = { type: 'string', format: 'date' }

/** Any of them. */
export function listParam<T>(param: Optional<T>): Optional<T[]> {
  return { ...param, read: (text) => listOf(param.read(text)), isList: true }
}

export function requiredParam<T>(param: Optional<T>): Param<T, true> {
  return { ...param, isRequired: true }
}

/** The same with another parser. */
export function checkedParam(
  param: Optional<string>,
  isRight: (text: string) => boolean,
  wanted: string,
): Optional<string> {
  return { ...param, read: (text) => (isRight(text) ? text : undefined), wanted }
}

function wordSchema(words: readonly string[]) {
  return words.length === 1 ? { type: 'string', const: words[0] } : { type: 'string', enum: words }
}

const single = { isList: false, isRequired: false } as const
const listOf = <T>(value: T | undefined): T[] | undefined => (value === undefined ? undefined : [value])
const described = (description: string | undefined) => (description === undefined ? {} : { description })
