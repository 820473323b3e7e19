import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkBackup } from '../../../src/cli/commands/restore/check-backup.ts'
import { type Restored, sendBackup } from '../../../src/cli/commands/restore/send-backup.ts'
import { restore as restoreCommand } from '../../../src/cli/commands/restore.ts'
import { RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import { backupText } from '../../support/cli/backup-text.ts'
import { type LocalServer, sendJson, startLocalServer } from '../../support/cli/local-server.ts'
import { run } from '../../support/cli/run.ts'

const TOKEN = 'a-token-of-the-operator'
const PART_BYTES = 200
const TAKEN = { outcome: 'unchanged' }
const RESTORED = { outcome: 'committed', version: 'v1.0123456789ab', seq: 7 }

let server: LocalServer
let folder: string
/** The received requests, and the responses to the first ones; every later request succeeds. */
let received: { method?: string; url?: string; body: string }[]
let answers: ((response: ServerResponse) => void)[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'restore-'))
  received = []
  answers = []
  server = await startLocalServer(async (request, response) => {
    const body = await text(request)
    received.push({ method: request.method, url: request.url, body })
    const answer = answers.shift()
    if (answer) answer(response)
    else sendJson(response, 200, body.includes('"digest"') ? RESTORED : TAKEN)
  })
})
afterEach(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

const hangUp = (response: ServerResponse) => response.destroy()
const refuse = (response: ServerResponse) => sendJson(response, 409, { detail: 'the registry is not empty' })

async function write(content: string | Buffer): Promise<string> {
  const file = join(folder, 'backup')
  await writeFile(file, content)
  return file
}

async function restore(content: string | Buffer, ...options: string[]): Promise<string> {
  const args = [await write(content), '--url', server.url, ...options]
  const { code, output } = await run(restoreCommand, args, { ADMIN_TOKEN: TOKEN })
  expect(code).toBe(0)
  return output
}

/** Restores in many small parts. */
async function restoreInParts(content: string): Promise<Restored> {
  const file = await write(content)
  const progress = { step: () => undefined, end: () => undefined }
  const options = { partBytes: PART_BYTES, progress, wait: async () => undefined }
  const client = new RegistryClient({ url: server.url, token: TOKEN })
  return sendBackup(client, file, await checkBackup(file, PART_BYTES), options)
}

describe('restore', () => {
  it('sends a file, compressed or not, and prints what is current', async () => {
    for (const content of [backupText(), gzipSync(backupText())]) {
      const output = await restore(content)
      expect(output).toContain('v1.0123456789ab is current, commit 7')
    }
    expect(received.map(({ body }) => body)).toEqual([backupText(), backupText()])
    expect(received[0]).toMatchObject({ method: 'POST', url: '/v1/admin/import?part=1' })
  })

  it('sends parts in their order, each below the limit', async () => {
    const content = backupText({ rows: 20 })
    expect(await restoreInParts(content)).toMatchObject({ version: RESTORED.version, seq: 7 })
    expect(received.length).toBeGreaterThan(5)
    expect(received.map(({ url }) => url)).toEqual(received.map((_, index) => `/v1/admin/import?part=${index + 1}`))
    expect(received.map(({ body }) => body).join('')).toBe(content)
    for (const { body } of received) expect(Buffer.byteLength(body)).toBeLessThanOrEqual(PART_BYTES)
  })

  it('sends a part again if its response is lost, or if the registry fails for a moment', async () => {
    answers = [hangUp, (response) => sendJson(response, 500, { detail: 'internal' })]
    await restoreInParts(backupText())
    const [first, second, third, fourth] = received
    expect(second).toEqual(first)
    expect(third).toEqual(first)
    expect(fourth?.url).toContain('part=2')
  })

  it('gives up if no attempt gets a response', async () => {
    answers = Array.from({ length: 10 }, () => hangUp)
    await expect(restoreInParts(backupText())).rejects.toThrow('Cannot restore part 1: Cannot reach the registry')
    expect(received.length).toBe(4)
  })

  it('reports success if only the response to the last part was lost', async () => {
    const row = {
      ...{ seq: 7, version: RESTORED.version, etag: `"${'0123456789ab'.padEnd(32, '0')}"`, cause: 'pull', chain: '' },
      ...{ generatedAt: '2026-10-01T02:00:00.000Z', committedAt: '2026-10-01T02:00:00.000Z', attribution: [] },
      ...{ counts: { providers: 1, models: 1 }, changes: { added: 1, removed: 0, changed: 0 } },
    }
    const rows = (seq: number) => (response: ServerResponse) => sendJson(response, 200, [{ ...row, seq }])
    const { parts } = await checkBackup(await write(backupText()), PART_BYTES)
    const taken = Array.from({ length: parts - 1 }, () => (response: ServerResponse) => sendJson(response, 200, TAKEN))
    answers = [...taken, hangUp, refuse, rows(7)]
    expect(await restoreInParts(backupText())).toEqual({ version: RESTORED.version, seq: 7 })
    answers = [...taken, hangUp, refuse, rows(8)]
    await expect(restoreInParts(backupText())).rejects.toThrow('the registry is not empty')
  })

  it('stops at a refused part, and explains how to wipe the registry', async () => {
    answers = [refuse]
    await expect(restore(backupText())).rejects.toThrow(/part 1: the registry is not empty\n.*--wipe/)
    expect(received.length).toBe(1)
  })

  it('wipes first with --wipe, and continues when there is nothing to wipe', async () => {
    expect(await restore(backupText(), '--wipe')).toContain('Deleted the data')
    expect(received[0]).toMatchObject({ method: 'DELETE', url: '/v1/admin/import' })
    answers = [(response) => sendJson(response, 409, { detail: 'no restore is in progress' })]
    expect(await restore(backupText(), '--wipe')).toContain('Nothing to wipe: no restore is in progress')
    answers = [(response) => sendJson(response, 401, { detail: 'send a token' })]
    await expect(restore(backupText(), '--wipe')).rejects.toThrow('Cannot wipe: send a token')
  })

  it.each([
    ['altered', backupText().replace('creator 1', 'creator 8'), 'damaged'],
    ['cut', backupText().slice(0, -30), 'truncated'],
    ['compressed and truncated', gzipSync(backupText()).subarray(0, 100), 'Cannot read'],
    ['not a backup at all', 'hello\n', 'not a header of the format'],
  ])('sends nothing of a file that is %s', async (_, content, complaint) => {
    await expect(restore(content)).rejects.toThrow(complaint)
    expect(received).toEqual([])
  })

  it('reports that the file does not exist', async () => {
    await expect(run(restoreCommand, ['/nowhere'], { ADMIN_TOKEN: TOKEN })).rejects.toThrow('no such file')
  })
})
