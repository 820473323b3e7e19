import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { SourceName } from '../../../src/core/vocabulary.ts'
import { MODELS_DEV_URL } from '../../support/registry/fake-source.ts'
import { HOUR, MINUTE, type OpenedRegistry, START, withRegistry } from '../../support/registry/opened-registry.ts'
import { current } from '../../support/registry/overriding.ts'
import { rowsOf } from '../../support/registry/recorded/models-dev-days.ts'
import { ordinaryDay } from '../../support/registry/recorded/source-days.ts'
import { aaRow } from '../../support/rows.ts'

afterEach(reset)

const ON = { vars: { MODELS_DEV_URL } }
const AA = 'artificial-analysis'
const named = (name: string) => [aaRow({ name })]
const listed = (name: string) => ({ alpha: [{ id: 'a', name }] })

/** Pulls both sources once. */
async function pullBoth(opened: OpenedRegistry): Promise<void> {
  opened.source.serve(named('A'))
  opened.source.serveModelsDev(listed('A'))
  await opened.registry.refresh({})
  await opened.pass(MINUTE)
}

const nextRunOf = ({ registry }: OpenedRegistry, source: SourceName) =>
  Date.parse(registry.status().sources[source]?.nextRun ?? '')
const outcomesOf = (opened: OpenedRegistry, source: SourceName) =>
  opened.pulls().flatMap((pull) => (pull.source === source ? (pull.code ?? pull.outcome) : []))
const namesIn = (opened: OpenedRegistry) => current(opened).models.map(({ provider, name }) => `${provider} ${name}`)

describe('a run over two sources', () => {
  it('pulls both and creates one commit', () =>
    withRegistry(async (opened) => {
      opened.source.serve(named('A'))
      opened.source.serveModelsDev(listed('A'))
      expect(await opened.registry.runScheduled()).toMatchObject({
        ok: true,
        value: {
          ...{ outcome: 'committed', seq: 1, changes: { added: 2 } },
          sources: { [AA]: { outcome: 'committed', pull: 1 }, 'models.dev': { outcome: 'committed', pull: 2 } },
        },
      })
      expect(opened.commits()).toMatchObject([
        { cause: 'pull', attribution: [{ name: 'Artificial Analysis' }, { name: 'models.dev' }] },
      ])
      expect(namesIn(opened)).toEqual(['acme A', 'alpha A'])
    }, ON))

  it('commits the facts of one source while the other fails', () =>
    withRegistry(async (opened) => {
      await pullBoth(opened)
      opened.source.refuse(503)
      opened.source.serveModelsDev(listed('B'))
      expect(await opened.registry.runScheduled()).toMatchObject({
        ok: true,
        value: {
          outcome: 'committed',
          sources: { [AA]: { outcome: 'failed', code: 'unavailable' }, 'models.dev': { outcome: 'committed' } },
        },
      })
      expect(namesIn(opened)).toEqual(['acme A', 'alpha B'])
      opened.source.serve(named('B'))
      opened.source.refuseModelsDev(503)
      expect(await opened.registry.refresh({})).toMatchObject({
        value: { sources: { [AA]: { outcome: 'committed' }, 'models.dev': { outcome: 'failed' } } },
      })
      expect(namesIn(opened)).toEqual(['acme B', 'alpha B'])
    }, ON))

  it('fails if both sources fail', () =>
    withRegistry(async (opened) => {
      await pullBoth(opened)
      opened.source.refuse(401)
      opened.source.refuseModelsDev(503)
      expect(await opened.registry.refresh({})).toMatchObject({
        ok: false,
        failure: {
          code: 'source-failed',
          detail: expect.stringMatching(/AA_API_KEY.*models\.dev/),
          sources: { [AA]: { code: 'unauthorized' }, 'models.dev': { code: 'unavailable' } },
        },
      })
      expect(opened.commits()).toHaveLength(1)
    }, ON))

  it('is held if one source is held and the other has nothing new', () =>
    withRegistry(async (opened) => {
      opened.source.serve(ordinaryDay(60))
      opened.source.serveModelsDev(listed('A'))
      await opened.registry.refresh({})
      await opened.pass(MINUTE)
      opened.source.serve(ordinaryDay(30))
      expect(await opened.registry.refresh({})).toMatchObject({
        value: {
          ...{ outcome: 'held', reasons: [expect.stringContaining('30 of 60')] },
          sources: { [AA]: { outcome: 'held' }, 'models.dev': { outcome: 'unchanged' } },
        },
      })
    }, ON))

  it('does not credit a commit to a source that has nothing new', () =>
    withRegistry(async (opened) => {
      await pullBoth(opened)
      opened.source.serveModelsDev(listed('B'))
      expect(await opened.registry.refresh({})).toMatchObject({
        value: {
          outcome: 'committed',
          sources: { [AA]: { outcome: 'unchanged' }, 'models.dev': { outcome: 'committed' } },
        },
      })
      expect(opened.pulls().slice(2)).toMatchObject([
        { source: AA, outcome: 'unchanged', seq: 2 },
        { source: 'models.dev', outcome: 'committed', seq: 2 },
      ])
    }, ON))

  it('accepts a catalogue even if the other source lists a row twice', () =>
    withRegistry(async (opened) => {
      await pullBoth(opened)
      opened.source.serve([aaRow({ id: 'x' }), aaRow({ id: 'y' })])
      opened.source.serveModelsDev(listed('B'))
      expect(await opened.registry.refresh({})).toMatchObject({
        value: {
          outcome: 'committed',
          sources: {
            [AA]: { outcome: 'failed', code: 'inconsistent', detail: expect.stringContaining('acme/acme-one') },
            'models.dev': { outcome: 'committed' },
          },
        },
      })
      expect(namesIn(opened)).toEqual(['acme A', 'alpha B'])
    }, ON))
})

describe('a run over one of two sources', () => {
  it('does not pull the other', () =>
    withRegistry(async (opened) => {
      await pullBoth(opened)
      opened.source.serveModelsDev(listed('B'))
      const { requests } = opened.source
      const outcome = await opened.registry.refresh({ source: 'models.dev' })
      expect(outcome).toMatchObject({ ok: true, value: { outcome: 'committed' } })
      expect(outcome.ok && outcome.value).not.toHaveProperty('sources')
      expect(opened.source.requests).toBe(requests)
    }, ON))

  it('is refused for a disabled source', () =>
    withRegistry(async (opened) => {
      expect(await opened.registry.refresh({ source: 'models.dev' })).toMatchObject({
        failure: { code: 'configuration', detail: expect.stringContaining('models.dev') },
      })
    }))

  it('waits for a run of the other source, and does not return its outcome', () =>
    withRegistry(async (opened) => {
      await pullBoth(opened)
      const release = opened.source.hold()
      const first = opened.registry.refresh({ source: AA })
      opened.source.serveModelsDev(listed('B'))
      const second = opened.registry.refresh({ source: 'models.dev' })
      release(named('A'))
      expect(await first).toMatchObject({ value: { outcome: 'unchanged' } })
      expect(await second).toMatchObject({ value: { outcome: 'committed' } })
    }, ON))
})

describe('the backoff of each source', () => {
  it('is separate: one is tried again after 5 minutes, the other when it allows it', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(429, { 'retry-after': '3600' })
      opened.source.refuseModelsDev(503)
      await opened.registry.runScheduled()
      expect(nextRunOf(opened, 'models.dev')).toBe(START + 5 * MINUTE)
      expect(nextRunOf(opened, AA)).toBe(START + HOUR)
      await opened.pass(5 * MINUTE)
      expect([opened.source.requests, opened.source.modelsDevTags.length]).toEqual([1, 2])
      await opened.pass(30 * MINUTE)
      expect([opened.source.requests, opened.source.modelsDevTags.length]).toEqual([1, 3])
      opened.source.serve(named('A'))
      await opened.pass(25 * MINUTE)
      expect([opened.source.requests, opened.source.modelsDevTags.length]).toEqual([2, 3])
      expect(outcomesOf(opened, AA)).toEqual(['rate-limited', 'committed'])
    }, ON))

  it('does not lose a later retry if an earlier one of the other source succeeds', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(429, { 'retry-after': '3600' })
      opened.source.refuseModelsDev(503)
      await opened.registry.runScheduled()
      opened.source.serve(named('A'))
      opened.source.serveModelsDev(listed('A'))
      await opened.pass(2 * HOUR)
      expect(outcomesOf(opened, 'models.dev')).toEqual(['unavailable', 'committed'])
      expect(outcomesOf(opened, AA)).toEqual(['rate-limited', 'committed'])
      expect(await opened.storage.getAlarm()).toBeNull()
    }, ON))

  it('also grows while the replies are not a catalogue', () =>
    withRegistry(async (opened) => {
      await pullBoth(opened)
      opened.source.answerModelsDev = () => Response.json({ alpha: 1 })
      await opened.registry.runScheduled()
      await opened.pass(6 * HOUR)
      expect(outcomesOf(opened, 'models.dev')).toEqual(['committed', ...Array(4).fill('invalid')])
      expect(outcomesOf(opened, AA)).toEqual(['committed', 'unchanged'])
    }, ON))

  it('is recorded for both if the run is interrupted', () =>
    withRegistry(async (opened) => {
      opened.source.hold()
      opened.source.answerModelsDev = () => new Promise(() => undefined)
      void opened.registry.runScheduled()
      await vi.waitFor(() => expect(opened.source.modelsDevTags).toHaveLength(1))
      await opened.reopen(ON.vars)
      await opened.pass(0)
      expect(outcomesOf(opened, AA)).toEqual(['interrupted'])
      expect(outcomesOf(opened, 'models.dev')).toEqual(['interrupted'])
    }, ON))
})

describe('the ETag of models.dev', () => {
  it('is sent with the next request, and a 304 is unchanged', () =>
    withRegistry(async (opened) => {
      opened.source.serve(named('A'))
      opened.source.serveModelsDev(listed('A'), '"one"')
      await opened.registry.refresh({})
      await opened.pass(HOUR)
      expect(opened.registry.status().sources['models.dev']).toMatchObject({ ageSeconds: 3600 })
      expect(await opened.registry.refresh({ source: 'models.dev' })).toMatchObject({ value: { outcome: 'unchanged' } })
      expect(opened.source.modelsDevTags).toEqual([null, '"one"'])
      expect(outcomesOf(opened, 'models.dev')).toEqual(['committed', 'unchanged'])
      expect(opened.registry.status().sources['models.dev']).toMatchObject({ ageSeconds: 0 })
    }, ON))

  it('is not sent to another address', () =>
    withRegistry(async (opened) => {
      opened.source.serveModelsDev(listed('A'), '"one"')
      await opened.registry.refresh({ source: 'models.dev' })
      await opened.reopen({ MODELS_DEV_URL: 'https://elsewhere.example/api.json' })
      opened.source.answer = () => Response.json({})
      await opened.registry.refresh({ source: 'models.dev' })
      expect(opened.source.modelsDevTags).toEqual([null])
      expect(opened.source.requests).toBe(1)
    }, ON))

  it('is not stored for a held pull, so that the same reply can confirm it 12 hours later', () =>
    withRegistry(async (opened) => {
      opened.source.serve(named('A'))
      opened.source.serveModelsDev({ alpha: rowsOf('a', 100), beta: rowsOf('b', 100) }, '"one"')
      await opened.registry.refresh({})
      await opened.pass(HOUR)
      opened.source.serveModelsDev({ alpha: rowsOf('a', 20), beta: rowsOf('b', 100) }, '"two"')
      await opened.registry.refresh({})
      expect(current(opened).models).toHaveLength(201)
      await opened.pass(12 * HOUR)
      await opened.registry.refresh({})
      expect(opened.source.modelsDevTags).toEqual([null, '"one"', null])
      expect(current(opened).models).toHaveLength(121)
    }, ON))
})

describe('the first read of an empty registry', () => {
  it('pulls both sources', () =>
    withRegistry(async (opened) => {
      opened.source.serve(named('A'))
      opened.source.serveModelsDev(listed('A'))
      expect(opened.registry.fill()).toBe('empty')
      await vi.waitFor(() => expect(namesIn(opened)).toEqual(['acme A', 'alpha A']))
    }, ON))
})
