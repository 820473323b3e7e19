import { describe, expect, it } from 'vitest'
import { BaseUrl } from '../../../src/core/schema/url.ts'

const complaintsOf = (value: unknown) => BaseUrl.safeParse(value).error?.issues.map(({ message }) => message) ?? []

describe('BaseUrl', () => {
  it.each([
    'https://api.acme.example/v1',
    'http://localhost:11434/v1',
    `https://\${HOST}/v1`,
    `https://\${RESOURCE}.acme.example/projects/\${PROJECT}`,
    `\${GATEWAY_BASE_URL}/openai/v1`,
    'https://{region}.acme.example/',
  ])('accepts %s unchanged', (url) => {
    expect(BaseUrl.parse(url)).toBe(url)
  })

  it.each([
    '',
    'api.acme.example/v1',
    '/v1',
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://acme.example/',
    'https://',
    ' https://acme.example/',
    'https://acme.example/\n',
    `\${}/v1`,
    `javascript:\${X}`,
    `\${X}:alert(1)`,
  ])('refuses %j', (url) => {
    expect(complaintsOf(url)).toEqual(['is not an http or https URL'])
  })
})
