/**
 * Reads single values of a row. A value that cannot be read becomes `undefined`, and is counted under its field with
 * the first example. `undefined` and `null` mean that nothing is stated, and are not counted. Written without schemas,
 * because a schema for each row takes several times as long as parsing the body.
 */

import { isCalendarDay, isCalendarMonth, isCalendarYear } from '../core/calendar.ts'
import { isPlainText, MAX_TEXT } from '../core/plain-text.ts'
import { MAX_AMOUNT } from '../core/schema/pricing.ts'
import { isBaseUrl } from '../core/schema/url.ts'
import type { Unread } from '../core/statements/statement.ts'
import { isTooDeep } from './source-depth.ts'

export type JsonObject = Record<string, unknown>

/** Much longer than any list in a row: the longest seen has 8 values. */
const MAX_LIST = 100
const MAX_EXAMPLE = 120

export class FieldReader {
  readonly #unread = new Map<string, Unread>()
  #provider = ''
  #row = ''

  /** Sets the row that the next values belong to. Without `row`, they belong to the provider itself. */
  startRow(provider: string, row = ''): void {
    this.#provider = provider
    this.#row = row
  }

  unread(): Unread[] {
    return [...this.#unread.values()]
  }

  /** Counts a value that cannot be read. */
  reject(field: string, value: unknown): undefined {
    const known = this.#unread.get(field)
    if (known) known.count += 1
    else this.#unread.set(field, { field, count: 1, example: `${this.#place()}: ${exampleOf(value)}` })
  }

  #place(): string {
    return excerptOf(this.#row === '' ? this.#provider : `${this.#provider}/${this.#row}`)
  }

  object(field: string, value: unknown): JsonObject | undefined {
    if (value === undefined || value === null) return undefined
    return isJsonObject(value) ? value : this.reject(field, value)
  }

  list(field: string, value: unknown): unknown[] | undefined {
    if (value === undefined || value === null) return undefined
    return Array.isArray(value) && value.length <= MAX_LIST ? value : this.reject(field, value)
  }

  text(field: string, value: unknown): string | undefined {
    if (value === undefined || value === null) return undefined
    return textOf(value) ?? this.reject(field, value)
  }

  flag(field: string, value: unknown): boolean | undefined {
    if (typeof value === 'boolean' || value === undefined) return value
    return value === null ? undefined : this.reject(field, value)
  }

  /**
   * USD per 1M tokens. The field name is passed in two parts, because joining them costs more than reading the value.
   */
  price(parent: string, field: string, value: unknown): number | undefined {
    if (value === undefined || value === null) return undefined
    // Adding 0 turns -0, which canonical JSON cannot represent, into 0.
    return isWithin(value, MAX_AMOUNT) ? value + 0 : this.reject(`${parent}.${field}`, value)
  }

  /** A whole number, including 0. */
  count(field: string, value: unknown): number | undefined {
    if (value === undefined || value === null) return undefined
    return isWithin(value, Number.MAX_SAFE_INTEGER) && Number.isInteger(value) ? value + 0 : this.reject(field, value)
  }

  /** YYYY-MM-DD or YYYY-MM. */
  date(field: string, value: unknown): string | undefined {
    if (value === undefined || value === null) return undefined
    return typeof value === 'string' && isDayOrMonth(value) ? value : this.reject(field, value)
  }

  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  cutoff(field: string, value: unknown): string | undefined {
    return typeof value === 'string' && isCalendarYear(value) ? value : this.date(field, value)
  }

  /** YYYY-MM-DD. */
  day(field: string, value: unknown): string | undefined {
    if (value === undefined || value === null) return undefined
    return typeof value === 'string' && isCalendarDay(value) ? value : this.reject(field, value)
  }

  /** An http or https URL that may contain `${VARIABLES}`. */
  baseUrl(field: string, value: unknown): string | undefined {
    if (value === undefined || value === null) return undefined
    const url = textOf(value)
    return url !== undefined && isBaseUrl(url) ? url : this.reject(field, value)
  }

  url(field: string, value: unknown): string | undefined {
    if (value === undefined || value === null) return undefined
    const url = textOf(value)
    return url !== undefined && isWebUrl(url) ? url : this.reject(field, value)
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The trimmed text; `undefined` if it is empty, too long, not well-formed or has control characters. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  return text.length > 0 && text.length <= MAX_TEXT && isPlainText(text) ? text : undefined
}

/** The start of a text, made safe to show in a report. */
export function excerptOf(text: string): string {
  return text
    .slice(0, MAX_EXAMPLE)
    .toWellFormed()
    .replace(/\p{Cc}/gu, '?')
}

function exampleOf(value: unknown): string {
  if (value === undefined) return 'absent'
  if (isTooDeep(value)) return 'nested too deeply'
  return excerptOf(typeof value === 'string' ? JSON.stringify(value.slice(0, MAX_EXAMPLE)) : JSON.stringify(value))
}

function isWithin(value: unknown, max: number): value is number {
  return typeof value === 'number' && value >= 0 && value <= max
}

function isDayOrMonth(text: string): boolean {
  return isCalendarDay(text) || isCalendarMonth(text)
}

function isWebUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}
