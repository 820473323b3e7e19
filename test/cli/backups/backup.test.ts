import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backup } from '../../../src/cli/commands/backup.ts'
import { backupText } from '../../support/cli/backup-text.ts'
import { type LocalServer, sendJson, startLocalServer } from '../../support/cli/local-server.ts'
import { run } from '../../support/cli/run.ts'

const TOKEN = 'a-token-of-the-operator'

let server: LocalServer
let folder: string
let respond: (response: ServerResponse) => void
let asked: { url?: string; authorization?: string }[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'))
  respond = (response) => response.end(backupText())
  asked = []
  server = await startLocalServer(({ url, headers }, response) => {
    asked.push({ url, authorization: headers.authorization })
    response.setHeader('content-type', 'application/x-ndjson')
    respond(response)
  })
})
afterEach(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

async function backUp(file: string, ...options: string[]): Promise<string> {
  const args = [join(folder, file), '--url', server.url, ...options]
  const { code, output } = await run(backup, args, { ADMIN_TOKEN: `me:${TOKEN}` })
  expect(code).toBe(0)
  return output
}

describe('backup', () => {
  it('writes what the registry exports, and reports its newest commit', async () => {
    const output = await backUp('a.ndjson')
    expect(await readFile(join(folder, 'a.ndjson'), 'utf8')).toBe(backupText())
    expect(output).toContain('5 lines')
    expect(output).toContain('up to commit 7')
    expect(asked).toEqual([{ url: '/v1/admin/export', authorization: `Bearer ${TOKEN}` }])
  })

  it('compresses a file whose name ends in .gz', async () => {
    await backUp('a.ndjson.gz', '--payloads')
    expect(gunzipSync(await readFile(join(folder, 'a.ndjson.gz'))).toString()).toBe(backupText())
    expect(asked[0]?.url).toBe('/v1/admin/export?payloads=true')
  })

  it.skipIf(process.platform === 'win32')('lets only its owner read the file', async () => {
    await writeFile(join(folder, 'a.ndjson'), '', { mode: 0o644 })
    await writeFile(join(folder, 'a.ndjson.part'), '', { mode: 0o644 })
    await backUp('a.ndjson', '--force')
    expect((await stat(join(folder, 'a.ndjson'))).mode & 0o777).toBe(0o600)
  })

  it('replaces an existing file only with --force', async () => {
    await writeFile(join(folder, 'a.ndjson'), 'precious')
    await expect(backUp('a.ndjson')).rejects.toThrow('already exists')
    expect(await readFile(join(folder, 'a.ndjson'), 'utf8')).toBe('precious')
    expect(asked).toEqual([])
    await backUp('a.ndjson', '--force')
    expect(await readFile(join(folder, 'a.ndjson'), 'utf8')).toBe(backupText())
  })

  it.each([
    [
      'was altered on the way',
      (response: ServerResponse) => response.end(backupText().replace('"seq":7', '"seq":8')),
      'damaged',
    ],
    ['ends early', (response: ServerResponse) => response.end(backupText().slice(0, -30)), 'truncated'],
    [
      'breaks off',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': 10_000 })
        response.write(backupText(), () => response.destroy())
      },
      'Cannot reach the registry',
    ],
    [
      'is refused',
      (response: ServerResponse) => sendJson(response, 503, { detail: 'Cannot answer: a backup is being restored' }),
      'Cannot answer: a backup is being restored',
    ],
  ])('leaves nothing behind when the export %s', async (_, answer, complaint) => {
    respond = answer
    await expect(backUp('a.ndjson')).rejects.toThrow(complaint)
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['no file', [], TOKEN, 'missing required argument "file"'],
    ['two files', ['a', 'b'], TOKEN, 'too many arguments'],
    ['no token', ['a'], undefined, 'ADMIN_TOKEN'],
    ['no URL', ['a', '--url', 'localhost'], TOKEN, 'not a URL'],
    ['a path', ['a', '--url', 'http://localhost:8787/llm'], TOKEN, 'has a path'],
    ['an unknown option', ['a', '--fast'], TOKEN, '--fast'],
    ['a folder that does not exist', ['/nowhere/at/all'], TOKEN, 'Cannot write'],
  ])('reports what is wrong with %s', async (_, args, token, complaint) => {
    const url = args.includes('--url') ? [] : ['--url', server.url]
    await expect(run(backup, [...args, ...url], { ADMIN_TOKEN: token })).rejects.toThrow(complaint)
  })
})
