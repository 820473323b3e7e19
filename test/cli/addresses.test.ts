/** Addresses that commands must not trust: those that are not registries, that redirect, or that use plain HTTP. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adminClient, readerClient } from '../../src/cli/shared/options.ts'
import { type LocalServer, sendJson, startLocalServer } from '../support/cli/local-server.ts'
import { runPublished, testContext } from '../support/cli/run.ts'

const TOKEN = 'a-token-of-the-operator'

describe('an address that is not a registry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'addresses-'))
  writeFileSync(join(folder, '1.json'), JSON.stringify({ fetchedAt: '2026-01-01T00:00:00Z', pages: [{}] }))
  afterAll(() => rmSync(folder, { recursive: true }))
  let server: LocalServer
  let respond: (response: ServerResponse) => void
  let authorizations: (string | undefined)[]
  beforeEach(async () => {
    authorizations = []
    server = await startLocalServer(({ headers }, response) => {
      authorizations.push(headers.authorization)
      respond(response)
    })
  })
  afterEach(() => server.close())

  const page = (status: number) => (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Welcome</h1>')
  const answers: [string, typeof respond][] = [
    ['a page', page(200)],
    ['a page that is not found', page(404)],
    ['JSON of another service', (response) => sendJson(response, 404, { error: 'Not found' })],
    ['other JSON', (response) => sendJson(response, 200, { hello: 'world' })],
    ['a text', (response) => response.writeHead(404, { 'content-type': 'text/plain' }).end('404')],
  ]
  const commands = [
    ['verify'],
    ['snapshot', '--out', join(folder, 'never-written')],
    ['overrides', 'pull', 'x'],
    ['replay', folder],
    ['backup', join(folder, 'never-written.ndjson')],
  ]
  const cases = answers.flatMap(([name, answer]) => commands.map((command) => [name, command, answer] as const))

  it.each(cases)('that sends %s is reported as such by %j', async (_, command, answer) => {
    respond = answer
    const run = runPublished([...command, '--url', server.url], { ADMIN_TOKEN: TOKEN })
    await expect(run).rejects.toThrow(/is not a registry|not from a registry/)
  })

  it('that redirects is not followed, so that no token reaches another host', async () => {
    respond = (response) => response.writeHead(301, { location: 'https://example.com/' }).end()
    await expect(runPublished(['replay', folder, '--url', server.url], { ADMIN_TOKEN: TOKEN })).rejects.toThrow(
      `${server.url} redirects to https://example.com/: use the address of the registry itself`,
    )
    expect(authorizations).toEqual([`Bearer ${TOKEN}`])
  })

  it('is not assumed if a proxy may have sent the failure', async () => {
    respond = page(502)
    const run = runPublished(['overrides', 'pull', 'x', '--url', server.url], { ADMIN_TOKEN: TOKEN })
    await expect(run).rejects.toThrow("Cannot read the registry's overrides: it returned status 502")
  })
})

describe('a token', () => {
  const warning = (url: string) =>
    `Warning: the token is sent to ${url} without encryption; use https if the registry supports it\n`

  it.each(['http://registry.example.com', 'http://192.168.1.2:8787', 'http://127.example.com', 'http://[2001:db8::1]'])(
    'sent to %s causes a warning',
    (url) => {
      const { context, written } = testContext({ ADMIN_TOKEN: TOKEN })
      adminClient('test', url, context)
      expect(written).toEqual({ output: '', notes: warning(url) })
      readerClient('test', url, context)
      expect(written.notes).toBe(warning(url).repeat(2))
    },
  )

  it.each([
    'https://registry.example.com',
    'http://localhost:8787',
    'http://registry.localhost',
    'http://127.0.0.1:1',
    'http://[::1]:8787',
  ])('sent to %s causes no warning', (url) => {
    const { context, written } = testContext({ ADMIN_TOKEN: TOKEN })
    adminClient('test', url, context)
    expect(written.notes).toBe('')
  })

  it('that is not set causes no warning', () => {
    const { context, written } = testContext()
    readerClient('test', 'http://registry.example.com', context)
    expect(written.notes).toBe('')
  })
})
