/**
 * The fields of one usage object by path ("prompt_tokens_details.cached_tokens"), and which of them were read. The
 * first error is kept in `failure`, so that the caller need not check after each field. Pure.
 */
import { type CostFailure, costFailure } from './cost-failure.ts'

/** More than any request uses, and small enough that sums of counts stay exact. */
const MAX_TOKENS = 1e15
/** A hundred times what any API has. Bounds the work, because each field is checked once for each possible API. */
const MAX_FIELDS = 2000
/** Deeper than any API nests, and not enough to overflow the stack. */
const MAX_DEPTH = 6

export class UsageFields {
  failure: CostFailure | undefined
  readonly #values = new Map<string, unknown>()
  readonly #read = new Set<string>()
  /** Top-level keys under which a field was read. */
  readonly #opened = new Set<string>()

  constructor(usage: object) {
    this.#add(usage, '', 0)
  }

  /** The number of tokens at these paths, which must agree. Null counts as absent. */
  count(paths: string[] = []): number | undefined {
    const [first, ...others] = paths.flatMap((path) => this.#countAt(path) ?? [])
    if (others.some((other) => other !== first))
      this.unclear(`"${paths.join('" and "')}" are the same tokens, but their counts differ`)
    return first
  }

  missing(path: string): number {
    this.failure ??= costFailure('unknown-tokens', `"${path}" is missing`, { key: path })
    return 0
  }

  /** Checks a number that follows from others. If it differs from all of `sums`, some tokens are not accounted for. */
  expect(path: string | undefined, ...sums: number[]): void {
    const value = path && this.count([path])
    if (typeof value === 'number' && !sums.includes(value))
      this.unclear(`"${path}" is ${value}, but the other counts add up to ${sums[0]}`)
  }

  /** `whole` minus `part`, which it includes. */
  without(path: string, whole: number, part: number): number {
    if (part > whole) this.unclear(`"${path}" is ${whole}, less than the ${part} tokens that it includes`)
    return Math.max(0, whole - part)
  }

  unclear(why: string): void {
    this.failure ??= costFailure('unclear-usage', why, {})
  }

  /** Whether the usage has the top-level key of a path. */
  has(path: string): boolean {
    return [...this.#values.keys()].some((other) => keyOf(other) === keyOf(path))
  }

  text(key: string): string {
    const value = this.#valueAt(key)
    return typeof value === 'string' ? value : ''
  }

  /** The fields that were not read, each by its shortest path. If one of them holds tokens, the usage is refused. */
  unread(included: string[] = []): string[] {
    const unread = [...this.#values].filter(
      ([path, value]) =>
        value !== undefined &&
        value !== null &&
        !this.#read.has(path) &&
        !included.some((start) => path.startsWith(start)),
    )
    const tokens = unread.find(([path, value]) => /token/i.test(path) && isSomeNumber(value))
    if (tokens) this.#refuseTokens(...tokens)
    return [...new Set(unread.map(([path]) => (this.#opened.has(keyOf(path)) ? path : keyOf(path))))]
  }

  #refuseTokens(key: string, tokens: unknown): void {
    this.failure ??= costFailure('unknown-tokens', `"${key}" holds ${tokens} tokens of an unknown kind`, { key })
  }

  #countAt(path: string): number | undefined {
    const value = this.#valueAt(path) ?? undefined
    if (value === undefined || isCount(value)) return value
    this.failure ??= costFailure('unreadable-usage', `"${path}" is not a whole number of tokens`, {})
    return 0
  }

  #valueAt(path: string): unknown {
    this.#read.add(path)
    this.#opened.add(keyOf(path))
    return this.#values.get(path)
  }

  #add(value: unknown, path: string, depth: number): void {
    if (typeof value !== 'object' || value === null) this.#put(path, value)
    else if (depth === MAX_DEPTH) this.failure ??= costFailure('unreadable-usage', `"${path}" is nested too deeply`, {})
    else for (const [key, member] of membersOf(value)) this.#add(member, path ? `${path}.${key}` : key, depth + 1)
  }

  /** Counts of list members with the same name are added up. */
  #put(path: string, value: unknown): void {
    if (this.#values.size === MAX_FIELDS) {
      this.failure ??= costFailure('unreadable-usage', `it has more than ${MAX_FIELDS} fields`, {})
      return
    }
    const before = this.#values.get(path)
    const sum = isCount(before) && isCount(value) ? before + value : Number.NaN
    this.#values.set(path, before === undefined ? value : sum)
  }
}

function keyOf(path: string): string {
  const dot = path.indexOf('.')
  return dot < 0 ? path : path.slice(0, dot)
}

/** Members of a list are named by the key that distinguishes them, else by index. */
function membersOf(value: object): [name: string, member: unknown][] {
  if (!Array.isArray(value)) return Object.entries(value)
  return value.map((member, index) => {
    const { modality, ttl, type, ...others } = member ?? {}
    const tag = modality ?? ttl ?? type
    return typeof tag === 'string' ? [tag, others] : [`${index}`, member]
  })
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_TOKENS
}

function isSomeNumber(value: unknown): boolean {
  return typeof value !== 'boolean' && ((Number(value) !== 0 && !Number.isNaN(Number(value))) || Number.isNaN(value))
}
