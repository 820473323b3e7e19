/**
 * Paths without parameters are in a map, which matches most requests; the others have one expression each, which is
 * several times faster than Hono's tree for this few. The map takes precedence.
 */
import type { Result, Router } from 'hono/router'
import { PatternRouter } from 'hono/router/pattern-router'

export class StaticFirstRouter<T> implements Router<T> {
  readonly name = 'StaticFirstRouter'
  readonly #fixed = new Map<string, Result<T>>()
  readonly #others = new PatternRouter<T>()

  add(method: string, path: string, handler: T): void {
    if (method === 'ALL' && !/[:*]/.test(path)) this.#fixed.set(path, [[[handler, {}]]])
    else this.#others.add(method, path, handler)
  }

  match(method: string, path: string): Result<T> {
    return this.#fixed.get(path) ?? this.#others.match(method, path)
  }
}
