/** The overrides of a registry over HTTP: sent with a token, read with their schemas. */
import { expect } from 'vitest'
import * as z from 'zod'
import { Diff, Manifest } from '../../../src/core/schema/history.ts'
import type { Model } from '../../../src/core/schema/model.ts'
import { Outcome, OverrideChange } from '../../../src/core/schema/operations.ts'
import { admin, readJson } from './recorded-answers.ts'
import { BEARER, type TestApp } from './registry-app.ts'

export const OVERRIDES = '/v1/admin/overrides'
const Changed = Outcome.extend({ diff: Diff }).strict()
const Active = z.looseObject({ provider: z.string(), note: z.string(), at: z.iso.datetime(), by: z.string() })

export class OverridesApp {
  readonly #app: TestApp

  constructor(app: TestApp) {
    this.#app = app
  }

  /** `target`: such as `models/acme/one`. */
  put(target: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const init = { headers: { ...BEARER, ...headers }, body: JSON.stringify(body) }
    return this.#app.send('PUT', `${OVERRIDES}/${target}`, init)
  }

  delete(target: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#app.send('DELETE', `${OVERRIDES}/${target}`, { headers: { ...BEARER, ...headers } })
  }

  get(path = ''): Promise<Response> {
    return this.#app.get(OVERRIDES + path, BEARER)
  }

  post(list: unknown, query = ''): Promise<Response> {
    return admin(this.#app, 'POST', OVERRIDES + query, list)
  }

  async etag(target: string): Promise<string> {
    const response = await this.get(`/${target}`)
    await response.body?.cancel()
    return response.headers.get('etag') ?? ''
  }

  async active(): Promise<z.infer<typeof Active>[]> {
    return readJson(await this.get(), z.array(Active))
  }

  async history(query = ''): Promise<OverrideChange[]> {
    return readJson(await this.get(`/history${query}`), z.array(OverrideChange))
  }

  async manifest(): Promise<Manifest> {
    return readJson(await this.#app.get('/v1/manifest'), Manifest)
  }

  async model(value: string, provider = 'acme'): Promise<Model | undefined> {
    const { models } = await this.manifest()
    return models.find((model) => model.provider === provider && model.value === value)
  }

  /** Everything that an override may change, to check that nothing changed. */
  async state(): Promise<unknown> {
    return [await this.active(), await this.history(), await this.manifest()]
  }

  async expectUntouched(work: () => Promise<unknown>): Promise<void> {
    const before = await this.state()
    await work()
    expect(await this.state()).toEqual(before)
  }
}

export const changed = async (response: Promise<Response>): Promise<z.infer<typeof Changed>> =>
  readJson(await response, Changed)
