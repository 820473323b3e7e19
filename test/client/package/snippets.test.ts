/** The snippets in the documents work: each is compiled against the published package, and run. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { startFake } from '../../support/client/fixture.ts'
import { row } from '../../support/core/listed-models.ts'
import { model, provider } from '../../support/rows.ts'

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const EXAMPLE_URL = 'https://llm.example.workers.dev'

/** What a snippet may use without declaring it, because the reader's app has it. */
const GIVEN: Record<string, string> = {
  registry: `import { createRegistry } from '@rttnd/llm'\nconst registry = createRegistry({ baseUrl: '${EXAMPLE_URL}' })`,
  manifest: `const { data: manifest } = await createRegistryOf({ baseUrl: '${EXAMPLE_URL}' }).getManifest()
if (!manifest) throw new Error('There is no manifest')`,
  model: 'const model = { pricing: { input: 1, output: 4, cacheRead: 0.1 } }',
  openai:
    'const openai = { responses: { create: async (_: object) => ({ usage: { input_tokens: 9, output_tokens: 1 } }) } }',
  env: `import type { KVBinding } from '@rttnd/llm'
const stream = (text: string | undefined) => text === undefined ? null : new Blob([text]).stream()
const text = await (await fetch('${EXAMPLE_URL}/v1/manifest')).text()
const REGISTRY: KVBinding = { getWithMetadata: async (key) => ({ value: stream(key === 'manifest' ? text : undefined), metadata: null }) }
const env = { REGISTRY }`,
}

const CONTENT = {
  providers: [provider({ value: 'groq' }), provider({ value: 'openai' })],
  models: [
    row('openai/gpt-5.5', { provider: 'groq', lab: 'openai', family: 'openai/gpt-5.5', iq: 4 }),
    row('gpt-5.5', {
      provider: 'openai',
      lab: 'openai',
      firstParty: true,
      family: 'openai/gpt-5.5',
      capabilities: { vision: true },
      iq: 4,
      pricing: { input: 5, output: 30, blended: 11.25 },
    }),
    model({ provider: 'openai', value: 'old-one' }),
  ],
}

interface Snippet {
  title: string
  source: string
}

function snippetsOf(file: string): Snippet[] {
  const text = readFileSync(join(PROJECT, file), 'utf8')
  return Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, source = ''], index) => ({
    title: `${file} ${index + 1}: ${source.split('\n').find((line) => !/^(import|$)/.test(line)) ?? ''}`,
    source: withGiven(source),
  }))
}

function withGiven(source: string): string {
  const isGiven = (name: string): boolean =>
    new RegExp(`\\b${name}\\b[.,]`).test(source) &&
    !new RegExp(`(const|data:|[{,]) ${name}\\b|: ${name}[ ,]`).test(source)
  const given = Object.entries(GIVEN).filter(([name]) => isGiven(name))
  const imports = "import { createRegistry as createRegistryOf } from '@rttnd/llm'\nvoid createRegistryOf"
  return [imports, ...given.map(([, code]) => code), source].join('\n')
}

const snippets = [...snippetsOf('README.md'), ...snippetsOf('docs/client.md')]
const folder = join(inject('app'), 'snippets')

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
  for (const [index, { source }] of snippets.entries()) writeFileSync(join(folder, `snippet-${index}.ts`), source)
})

describe('the snippets of the documents', () => {
  it('exist', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(10)
  })

  it('compile', () => {
    const compilerOptions = {
      ...{ strict: true, noEmit: true, target: 'es2022', module: 'nodenext', lib: ['es2023', 'dom'] },
      ...{ types: ['node'], typeRoots: [join(PROJECT, 'node_modules/@types')] },
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
    expect(complaintsOf()).toBe('')
  })

  it.each(snippets.map(({ title }, index) => [title, index] as const))('run: %s', async (_, index) => {
    const fake = await startFake(CONTENT)
    const file = join(folder, `run-${index}.ts`)
    writeFileSync(file, (snippets[index]?.source ?? '').replaceAll(EXAMPLE_URL, fake.url))
    const env = { ...process.env, XDG_CACHE_HOME: join(folder, `cache-${index}`) }
    const { stderr } = await promisify(execFile)(process.execPath, [file], { cwd: folder, env })
    expect(stderr).toBe('')
  })
})

/** The compiler's errors. */
function complaintsOf(): string {
  try {
    return execFileSync(process.execPath, [join(PROJECT, 'node_modules/typescript/bin/tsc'), '-p', folder], {
      encoding: 'utf8',
    })
  } catch (error) {
    return String(Object(error).stdout)
  }
}
