import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { partsUsedBy } from '../../../support/registry/counted-database.ts'
import { MINUTE, type OpenedRegistry, withRegistry } from '../../../support/registry/opened-registry.ts'
import { put, withdraw } from '../../../support/registry/overriding.ts'
import { sendModelsDev } from '../../../support/registry/recorded/models-dev-days.ts'
import { aaRow } from '../../../support/rows.ts'

afterEach(reset)

const ON = { vars: { MODELS_DEV_URL: 'https://models.example/api.json' } }
const DAY = { alpha: [{ id: 'a' }], beta: [{ id: 'b' }], gamma: [{ id: 'c' }] }
const TARGET = { provider: 'alpha', value: 'a' }
const OVERRIDE = { ...TARGET, set: { iq: 5 } }

const withDay = (work: (opened: OpenedRegistry) => Promise<void> | void) =>
  withRegistry(async (opened) => {
    sendModelsDev(opened, DAY)
    await opened.pass(MINUTE)
    await work(opened)
  }, ON)

describe.each([true, false])('a change of overrides with dryRun %s', (dryRun) => {
  it('reads only the part of its own provider, and builds none', () =>
    withDay((opened) => {
      const used = partsUsedBy(opened.db, () => put(opened, OVERRIDE, { dryRun }))
      expect(used).toEqual({ built: [], read: ['alpha'] })
    }))

  it('also reads the parts of models that inherit from its models', () =>
    withDay((opened) => {
      put(opened, { provider: 'beta', value: 'made', inheritFrom: TARGET })
      const used = partsUsedBy(opened.db, () => put(opened, OVERRIDE, { dryRun }))
      expect(used).toEqual({ built: [], read: ['alpha', 'beta'] })
    }))

  it('reads the part that it inherits from', () =>
    withDay((opened) => {
      const made = { provider: 'beta', value: 'made', inheritFrom: TARGET }
      expect(partsUsedBy(opened.db, () => put(opened, made, { dryRun })).read).toEqual(['alpha', 'beta'])
    }))

  it('that deletes one reads no other parts', () =>
    withDay((opened) => {
      put(opened, OVERRIDE)
      const used = partsUsedBy(opened.db, () => withdraw(opened, TARGET, { dryRun }))
      expect(used).toEqual({ built: [], read: ['alpha'] })
    }))

  it('reads nothing if there is no override to delete', () =>
    withDay((opened) => {
      const used = partsUsedBy(opened.db, () => withdraw(opened, TARGET, { dryRun }))
      expect(used).toEqual({ built: [], read: [] })
    }))
})

describe('a pull', () => {
  it('builds every part once', () =>
    withRegistry(async (opened) => {
      expect(partsUsedBy(opened.db, () => sendModelsDev(opened, DAY)).built).toEqual(['alpha', 'beta', 'gamma'])
    }, ON))

  it('builds only the part that changed', () =>
    withDay((opened) => {
      const next = { ...DAY, beta: [{ id: 'b', name: 'Other' }] }
      expect(partsUsedBy(opened.db, () => sendModelsDev(opened, next)).built).toEqual(['beta'])
    }))

  it('builds no part if nothing changed', () =>
    withDay((opened) => {
      expect(partsUsedBy(opened.db, () => sendModelsDev(opened, DAY))).toEqual({ built: [], read: [] })
    }))

  it('of one source builds no part of the other source that does not depend on it', () =>
    withDay((opened) => {
      opened.send([aaRow()])
      const used = partsUsedBy(opened.db, () => opened.send([aaRow({ name: 'Other' })], { at: opened.clock.now + 1 }))
      expect(used.built).toEqual(['acme'])
    }))

  it('builds a part whose model takes facts from its family elsewhere', () =>
    withDay((opened) => {
      const host = { id: 'host-row', base_model: 'x' }
      sendModelsDev(opened, { ...DAY, openai: [{ id: 'gpt-x' }], host: [{ ...host, id: 'openai/gpt-x' }] })
      const measured = aaRow({ slug: 'gpt-x', model_creator: OPENAI })
      const used = partsUsedBy(opened.db, () => opened.send([measured], { at: opened.clock.now + 1 }))
      expect(used.built).toContain('host')
      expect(used.built).toContain('openai')
    }))
})

const OPENAI = { id: 'e67e56e3-15cd-43db-b679-da4660a69f41', name: 'OpenAI' }
