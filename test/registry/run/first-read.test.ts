import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { HOUR, MINUTE, withRegistry } from '../../support/registry/opened-registry.ts'
import { DAY } from '../../support/registry/stored/stored-history.ts'

afterEach(reset)

describe('fill()', () => {
  it('starts a pull of an empty registry once', () =>
    withRegistry(async (opened) => {
      const release = opened.source.hold()
      opened.registry.fill()
      opened.registry.fill()
      release()
      await vi.waitFor(() => expect(opened.outcomes()).toEqual(['committed']))
      opened.registry.fill()
      expect(opened.source.requests).toBe(1)
    }))

  it('does nothing without a key', () =>
    withRegistry(
      async (opened) => {
        opened.registry.fill()
        await opened.pass(HOUR)
        expect([opened.source.requests, opened.pulls().length]).toEqual([0, 0])
      },
      { vars: { AA_API_KEY: '' } },
    ))

  it('does nothing in a registry that is not empty', () =>
    withRegistry(async (opened) => {
      opened.send()
      opened.registry.fill()
      expect(opened.source.requests).toBe(0)
    }))

  it('respects the backoff of earlier pulls', () =>
    withRegistry(async (opened) => {
      opened.source.refuse(503)
      opened.registry.fill()
      await vi.waitFor(() => expect(opened.outcomes()).toHaveLength(1))
      await opened.reopen()
      await opened.pass(5 * MINUTE - 1)
      opened.registry.fill()
      expect(opened.source.requests).toBe(1)
      await opened.pass(1)
      expect(opened.source.requests).toBe(2)
      opened.registry.fill()
      expect(opened.source.requests).toBe(2)
    }))

  it('ignores a backoff that was set by a clock far ahead', () =>
    withRegistry(async (opened) => {
      opened.clock.now += 30 * DAY
      opened.source.refuse(503)
      opened.registry.fill()
      await vi.waitFor(() => expect(opened.outcomes()).toHaveLength(1))
      opened.clock.now -= 30 * DAY
      opened.registry.fill()
      expect(opened.source.requests).toBe(2)
    }))

  // A pull that brings the object down must not be started again by every reader.
  it('does not start another run after one that was interrupted and is not recorded yet', () =>
    withRegistry(async (opened) => {
      opened.source.hold()
      opened.registry.fill()
      expect(opened.source.requests).toBe(1)
      await opened.reopen()
      opened.registry.fill()
      expect(opened.source.requests).toBe(1)
    }))
})
