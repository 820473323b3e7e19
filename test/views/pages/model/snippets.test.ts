import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { snippetsOf } from '../../../../src/views/pages/model/snippets.ts'
import { model, provider } from '../../../support/rows.ts'

const openai = provider({ value: 'openai', api: { npm: '@ai-sdk/openai', env: ['OPENAI_API_KEY'] } })
const compatible = provider({
  api: { npm: '@ai-sdk/openai-compatible', baseUrl: 'https://api.acme.test/v1/', env: ['ACME_KEY'] },
})

const codeOf = (title: string, ...of: Parameters<typeof snippetsOf>) =>
  snippetsOf(...of).find((snippet) => snippet.title === title)?.code

describe('snippetsOf()', () => {
  it('fills in the URL, the key and the id that the API accepts', () => {
    const one = model({ sdk: { model: 'one-v2' } })
    expect(codeOf('curl', one, compatible)).toMatch(/^curl 'https:\/\/api\.acme\.test\/v1\/chat\/completions' /)
    expect(codeOf('curl', one, compatible)).toContain('$ACME_KEY')
    expect(codeOf('AI SDK', one, compatible)).toContain("baseURL: 'https://api.acme.test/v1/'")
    expect(codeOf('AI SDK', one, compatible)).toContain("provider('one-v2')")
    expect(codeOf('OpenAI SDK', one, compatible)).toContain('process.env.ACME_KEY')
  })

  it('calls the API that the model names', () => {
    expect(codeOf('curl', model({ sdk: { model: 'x' } }), openai)).toContain('/v1/responses')
    expect(codeOf('curl', model({ sdk: { model: 'x', shape: 'completions' } }), openai)).toContain('/chat/completions')
    const anthropic = model({ sdk: { model: 'x', npm: '@ai-sdk/anthropic' } })
    expect(codeOf('curl', anthropic, openai)).toContain('https://api.anthropic.com/v1/messages')
  })

  it('has no snippet for an unknown package or type, or for a model that cannot be called', () => {
    expect(snippetsOf(model({ sdk: { model: 'x' } }), provider({ api: { npm: 'unheard-of' } }))).toEqual([])
    expect(snippetsOf(model({ sdk: { model: 'x' }, type: 'embedding' }), openai)).toEqual([])
    expect(snippetsOf(model(), openai)).toEqual([])
  })

  it('keeps a hostile id inside its quotes', () => {
    const hostile = `'; touch /tmp/x; echo '$(id) \`id\` "\\`
    const one = model({ sdk: { model: hostile } })
    const curl = codeOf('curl', one, compatible) ?? ''
    const echoed = execFileSync('sh', ['-c', curl.replace(/^curl /, 'printf "%s\\n" ')], { encoding: 'utf8' })
    expect(echoed).toContain(JSON.stringify(hostile))
    const literal = /provider\(('.*')\)/.exec(codeOf('AI SDK', one, compatible) ?? '')?.[1] ?? ''
    expect(Function(`return ${literal}`)()).toBe(hostile)
  })
})
