import { describe, expect, it } from 'vitest'
import { readFieldErrors, readProblem } from '../support/http/problem-body.ts'
import { BEARER, testApp } from '../support/http/registry-app.ts'

describe('a 401', () => {
  it.each([
    ['/v1/admin/pulls', 'ADMIN_TOKEN'],
    ['/v1/manifest', 'READ_TOKEN'],
  ])('of %s states whether the token is missing or wrong', async (path, setting) => {
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

describe('a body with a repeated key', () => {
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
