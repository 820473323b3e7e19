import { describe, expect, it } from 'vitest'
import { networkOf } from '../../src/http/auth.ts'
import { readFieldErrors, readProblem } from '../support/http/problem-body.ts'
import { BEARER, testApp } from '../support/http/registry-app.ts'

describe('a 401', () => {
  it.each([
    ['/v1/admin/pulls', 'ADMIN_TOKEN'],
    ['/v1/manifest', 'READ_TOKEN'],
  ])('of %s says whether the token is missing or wrong', async (path, setting) => {
    const app = testApp({ READ_TOKEN: 'reader-0123456789' })
    const missing = await app.get(path)
    expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="LLM Registry"')
    expect((await readProblem(missing, 'unauthorized')).detail).toBe(
      `Authentication required: send "Authorization: Bearer <token>" with a token of ${setting}`,
    )
    const wrong = await app.get(path, { authorization: 'Bearer something-else-0123' })
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="LLM Registry", error="invalid_token"')
    expect((await readProblem(wrong, 'unauthorized')).detail).toMatch(/^Wrong token: /)
  })
})

describe('networkOf()', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['unknown', 'unknown'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:0001:2::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::ffff:203.0.113.7', '0:0:0:0'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

describe('a body with one key twice', () => {
  const note = '"note":"x"'

  it.each([
    ['PUT', '/v1/admin/overrides/models/acme/one', `{"set":{"iq":1,"iq":2},${note}}`, 'iq'],
    ['PUT', '/v1/admin/overrides/providers/acme', `{"hidden":true,${note},"hidden":false}`, 'hidden'],
    ['POST', '/v1/admin/overrides', `[{"provider":"acme","value":"one","hidden":true,${note},${note}}]`, 'note'],
  ])('is refused: %s %s', async (method, path, body, field) => {
    const response = await testApp().send(method, path, { headers: BEARER, body })
    expect(await readFieldErrors(response)).toEqual([field])
  })
})
