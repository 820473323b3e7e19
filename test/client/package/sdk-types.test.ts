/** The types of the SDKs, and usage in each of them. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { costOf } from '../../../src/core/pricing/cost-of.ts'
import { areSdksWanted, SDKS, whyWithoutSdks } from '../../support/client/installed-sdks.ts'
import { createSdkApp, type SdkApp } from '../../support/client/sdk-app.ts'

const EXAMPLES = fileURLToPath(new URL('../../../examples/sdks', import.meta.url))
const TSC = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url))
const OPTIONS = {
  ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, erasableSyntaxOnly: true },
  ...{ target: 'es2024', lib: ['es2024', 'dom', 'dom.iterable'], module: 'esnext', moduleResolution: 'bundler' },
  ...{ types: ['node'], preserveSymlinks: true },
}

/** Each kind of tokens has a different price, so that a miscounted kind changes the cost. */
const MODEL = {
  pricing: {
    input: 1,
    output: 10,
    cacheRead: 100,
    cacheWrite: 1000,
    cacheWrite1h: 10_000,
    reasoning: 1e5,
    outputAudio: 1e6,
  },
}
/** In millionths of a dollar. */
const COSTS = {
  chat: 500 + 250 * 10 + 400 * 100 + 100 * 1000 + 200 * 1e5 + 50 * 1e6,
  embeddings: 1000,
  response: 500 + 300 * 10 + 400 * 100 + 100 * 1000 + 200 * 1e5,
  message: 500 + 300 * 10 + 400 * 100 + 60 * 1000 + 40 * 10_000 + 200 * 1e5,
  gemini: 630 + 250 * 10 + 400 * 100 + 200 * 1e5 + 50 * 1e6,
  converse: 500 + 500 * 10 + 400 * 100 + 60 * 1000 + 40 * 10_000,
  aiSdk6: 500 + 300 * 10 + 400 * 100 + 100 * 1000 + 200 * 1e5,
  aiSdk5: 600 + 300 * 10 + 400 * 100 + 200 * 1e5,
}

describe.skipIf(!areSdksWanted)(`the SDKs${whyWithoutSdks}`, () => {
  let app: SdkApp

  beforeAll(() => {
    app = createSdkApp([SDKS, EXAMPLES], inject('app'))
  }, 300_000)
  afterAll(() => app?.remove())

  it('compile with their usage given to costOf(), and so do the examples', async () => {
    writeFileSync(join(app.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, include: ['*.ts'] }))
    const compiled = await promisify(execFile)(TSC, ['-p', app.folder]).catch(({ stdout }) => ({ stdout }))
    expect(compiled.stdout).toBe('')
  }, 120_000)

  it('report usage in which every count has its own price', async () => {
    const { USAGES } = await import(pathToFileURL(join(app.folder, 'usages.ts')).href)
    const costs = Object.entries(USAGES).map(([name, usage]) => {
      const cost = costOf(MODEL, usage)
      return [name, cost.ok ? cost.value.usd : cost.failure]
    })
    const expected = Object.entries(COSTS).map(([name, millionths]) => [name, millionths / 1e6])
    expect(Object.fromEntries(costs)).toEqual(Object.fromEntries(expected))
  })
})
