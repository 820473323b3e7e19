/** `deploy`: what it checks and prepares, and complete deployments by wrangler itself to a fake Cloudflare. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readDeployOptions } from '../../../scripts/deploy/deploy-options.ts'
import { readDeployment } from '../../../scripts/deploy/deployment.ts'
import { namespaceIds } from '../../../scripts/deploy/namespace-ids.ts'
import { describeNextSteps } from '../../../scripts/deploy/next-steps.ts'
import { type Offered, offerBackfill } from '../../../scripts/deploy/offer-backfill.ts'
import { checkPublication, type Publication } from '../../../scripts/deploy/publication.ts'
import { checkLocalSecrets, checkSecrets, checkVars } from '../../../scripts/deploy/setting-checks.ts'
import { weaknessOf } from '../../../scripts/deploy/token-strength.ts'
import { withNamespaces, workerConfig } from '../../../scripts/deploy/worker-config.ts'
import { askWrangler } from '../../../scripts/shared/wrangler.ts'
import { CommandError } from '../../../src/cli/shared/command.ts'
import { type LocalServer, sendJson, startLocalServer } from '../../support/cli/local-server.ts'
import { FakeCloudflare } from '../../support/scripts/fake-cloudflare.ts'

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url))
const STRONG = '9f86d081884c7d659a2feaa0c55ad015'

describe('readDeployOptions()', () => {
  it('reads its own options and leaves wrangler the rest', () => {
    const options = readDeployOptions(['--env', 'staging', '--dry-run', '--outdir', 'dist/worker', '--tag=v1'], {})
    expect(options).toEqual({
      config: 'wrangler.toml',
      environment: 'staging',
      dryRun: true,
      isPublic: false,
      forwarded: ['--dry-run', '--outdir', 'dist/worker', '--tag=v1'],
    })
  })

  it('reads every way to name an environment and a file', () => {
    const { environment, config, forwarded } = readDeployOptions(['-e=staging', '--config=own.toml', '--strict'], {})
    expect(readDeployOptions(['-e', 'staging'], {}).environment).toBe('staging')
    expect(readDeployOptions([], { CLOUDFLARE_ENV: 'staging' }).environment).toBe('staging')
    expect([environment, config, forwarded]).toEqual(['staging', 'own.toml', ['--strict']])
  })

  it('does not pass --public to wrangler, which does not accept it', () => {
    expect(readDeployOptions(['--public', '--strict'], {})).toMatchObject({ isPublic: true, forwarded: ['--strict'] })
  })

  it('uses the name that Workers Builds gives the Worker', () => {
    expect(readDeployOptions(['--name', 'mine'], {})).toMatchObject({ name: 'mine', forwarded: ['--name', 'mine'] })
    expect(readDeployOptions([], { WRANGLER_CI_OVERRIDE_NAME: 'theirs' }).name).toBe('theirs')
  })
})

describe('weaknessOf()', () => {
  it.each([
    ['changeme-changeme', 'common words'],
    ['<your-admin-token>', 'placeholder'],
    ['my-secret-admin-token-2026', 'common words'],
    ['abcdabcdabcdabcd', 'repeats itself'],
    ['aaaaaaaaaaaaaaab', 'different characters'],
    ['0123456789abcdefgh', 'ascending or descending'],
    ['aaaabbbbccccddddeeeeffffgggghhhh', 'ascending or descending'],
  ])('reports that "%s" can be guessed', (token, weakness) => {
    expect(weaknessOf(token)).toContain(weakness)
  })

  it.each([STRONG, 'a94a8fe5ccb19ba6', 'mQ2f-0xKd_Z81vRr', 'correct-horse-battery-staple-9'])(
    'finds nothing wrong with "%s"',
    (token) => {
      expect(weaknessOf(token)).toBeUndefined()
    },
  )
})

describe('the checks of settings', () => {
  it('name every bad variable with its reason', () => {
    const bad = { IQ_BASIS: 'arena', IQ_THRESHOLDS: '1,2', MODELS_DEV_URL: 'models.dev' }
    const { errors } = checkVars({ ...bad, ALLOWED_ORIGINS: 'app.example.com', AA_TIER: 'gold' })
    expect(errors.map((error) => /setting (\w+)/.exec(error)?.[1]).sort()).toEqual([
      'AA_TIER',
      'ALLOWED_ORIGINS',
      'IQ_BASIS',
      'IQ_THRESHOLDS',
      'MODELS_DEV_URL',
    ])
  })

  it('let good ones pass', () => {
    const vars = { IQ_THRESHOLDS: 'linked', ALLOWED_ORIGINS: 'https://*.example.com,http://localhost:3000' }
    const kept = { PROVIDERS: 'openai,-azure', IQ_BASIS: 'epoch', MODELS_DEV_URL: '' }
    expect(checkVars({ ...vars, ...kept })).toEqual({ errors: [], warnings: [] })
  })

  it('refuse a secret in the committed file', () => {
    expect(checkVars({ ADMIN_TOKEN: STRONG }).errors).toEqual([expect.stringContaining('ADMIN_TOKEN is a secret')])
  })

  it('also warn of an unused name among secrets, without its value', () => {
    const { errors, warnings } = checkSecrets({ ADMIN_TOKN: STRONG })
    expect([errors, warnings]).toEqual([[], ['ADMIN_TOKN in the file of secrets is not a setting of the registry']])
  })

  it('warn of an unused name, and of pages without TLS', () => {
    const { errors, warnings } = checkVars({ ALOWED_ORIGINS: '*', ALLOWED_ORIGINS: 'http://example.com' })
    expect(errors).toEqual([])
    expect(warnings).toEqual([
      'ALOWED_ORIGINS in [vars] is not a setting of the registry',
      'ALLOWED_ORIGINS allows http://example.com, an origin without TLS',
    ])
  })

  it('refuse weak and short tokens, and never repeat them', () => {
    const secrets = { ADMIN_TOKEN: `${STRONG},ann:password-password`, READ_TOKEN: 'short' }
    const text = checkSecrets(secrets).errors.join('\n')
    expect(text).toContain('the token of "ann"')
    expect(text).toContain('READ_TOKEN')
    expect(text).not.toMatch(/password-password|9f86|short$/m)
  })

  it('only warn for a deployment that stays on this machine', () => {
    const { errors, warnings } = checkLocalSecrets({ ADMIN_TOKEN: 'local-local-local' })
    expect(errors).toEqual([])
    expect(warnings).toHaveLength(1)
  })
})

describe('workerConfig()', () => {
  const file = {
    name: 'llm',
    vars: { AA_TIER: 'off' },
    kv_namespaces: [{ binding: 'REGISTRY' }],
    env: {
      staging: { kv_namespaces: [{ binding: 'REGISTRY', id: 'abc' }] },
      named: { name: 'other', kv_namespaces: [{ binding: 'REGISTRY' }, { binding: 'MORE' }] },
    },
  }

  it('includes what an environment inherits', () => {
    expect(workerConfig(file, '')).toEqual({ name: 'llm', vars: { AA_TIER: 'off' }, unnamed: ['REGISTRY'] })
    expect(workerConfig(file, 'staging')).toEqual({ name: 'llm-staging', vars: {}, unnamed: [] })
    expect(workerConfig(file, 'named')).toEqual({ name: 'other', vars: {}, unnamed: ['REGISTRY', 'MORE'] })
    expect(() => workerConfig(file, 'live')).toThrow('not one of staging, named')
  })

  it('fills in ids in a copy, for a named environment and for the default', () => {
    const ids = new Map([['REGISTRY', 'found']])
    const filled = withNamespaces(file, 'named', ids)
    expect(filled.env?.named?.kv_namespaces).toEqual([{ binding: 'REGISTRY', id: 'found' }, { binding: 'MORE' }])
    expect(withNamespaces(file, 'staging', ids).env?.staging?.kv_namespaces?.[0]?.id).toBe('abc')
    expect(filled.kv_namespaces).toEqual([{ binding: 'REGISTRY' }])
    expect(file.env.named.kv_namespaces).toEqual([{ binding: 'REGISTRY' }, { binding: 'MORE' }])
  })
})

describe('namespaceIds()', () => {
  const list = JSON.stringify(
    [
      { id: '1', title: 'llm-registry' },
      { id: '2', title: 'llm-kv-one' },
    ],
    undefined,
    2,
  )

  it('finds namespaces by the title that wrangler gives, whatever wrangler prints before the list', () => {
    expect(namespaceIds('llm', ['REGISTRY', 'KV_ONE', 'NONE'], `A newer one is there [x]\n${list}\n`)).toEqual(
      new Map([
        ['REGISTRY', '1'],
        ['KV_ONE', '2'],
      ]),
    )
  })

  it.each(['', 'You are not logged in', '[not json', '[{"title": 3}]'])('does not read "%s" as a list', (output) => {
    expect(namespaceIds('llm', ['REGISTRY'], output)).toBeUndefined()
  })
})

describe('readDeployment()', () => {
  const report = (...targets: string[]) =>
    `{"type":"wrangler-session"}\n${JSON.stringify({ type: 'deploy', worker_name: 'llm', targets })}\n`

  it.each([
    [['schedule: 0 2 * * *', 'https://llm.me.workers.dev'], 'https://llm.me.workers.dev'],
    [['llm.example.com (custom domain)'], 'https://llm.example.com'],
    [['llm.example.com (custom domain - zone name: example.com)'], 'https://llm.example.com'],
    [['example.com/llm/* (zone name: example.com)', 'schedule: 0 2 * * *'], undefined],
  ])('finds in %j the address %s', (targets, url) => {
    expect(readDeployment(report(...targets))).toEqual({ name: 'llm', ...(url && { url }) })
  })

  it('finds no address in a report without a deployment', () => {
    expect(readDeployment('{"type":"wrangler-session"}\nnot json')).toEqual({})
  })
})

describe('checkPublication()', () => {
  const check = (publication: Partial<Publication>) => {
    let notes = ''
    const output = { write: (text: string) => (notes += text) }
    checkPublication({ vars: {}, uploaded: {}, deployed: [], isPublic: false, ...publication }, output)
    return notes
  }

  it.each<[string, Partial<Publication>]>([
    ['of the Worker', { deployed: ['ADMIN_TOKEN', 'AA_API_KEY'] }],
    ['of the file', { uploaded: { AA_API_KEY: 'key', READ_TOKEN: '' } }],
  ])('stops at a key for Artificial Analysis among the secrets %s, without a token for reading', (_, publication) => {
    expect(() => check(publication)).toThrow(/^Cannot deploy: AA_API_KEY is set but READ_TOKEN is not.* --public$/)
  })

  it('only warns if the registry is declared public', () => {
    expect(check({ deployed: ['AA_API_KEY'], isPublic: true })).toMatch(
      /facts of Artificial Analysis, and its terms limit/,
    )
  })

  it.each<[string, Partial<Publication>]>([
    ['reads are private', { deployed: ['AA_API_KEY', 'READ_TOKEN'] }],
    ['the token comes with the key', { uploaded: { AA_API_KEY: 'key', READ_TOKEN: STRONG } }],
    ['there is no key', { deployed: ['ADMIN_TOKEN'] }],
    ['Artificial Analysis is off', { vars: { AA_TIER: 'off' }, deployed: ['AA_API_KEY'] }],
  ])('reports nothing if %s', (_, publication) => {
    expect(check(publication)).toBe('')
  })

  it('reports if it cannot check the secrets', () => {
    expect(check({ deployed: undefined })).toMatch(/cannot list the secrets.*do not set AA_API_KEY without READ_TOKEN/)
  })
})

const FILLED = { version: 'v1.0123456789ab', seq: 1 }

describe('offerBackfill()', () => {
  let status: object
  let registry: LocalServer
  const backfill = vi.fn(async () => {
    status = { ...status, ...FILLED }
    return 0
  })
  beforeAll(async () => {
    registry = await startLocalServer((_, response) => sendJson(response, 200, status))
  })
  beforeEach(() => {
    status = { now: '2026-11-26T00:00:00.000Z', sources: {}, held: [], orphaned: [], warnings: [] }
    backfill.mockClear()
  })
  afterAll(() => registry.close())

  let notes = ''
  const offer = (confirm?: () => Promise<boolean>, offered: Partial<Offered> = {}) => {
    const output = { write: (text: string) => (notes += text) }
    const context = { env: { A: 'a' }, output, ...(confirm && { confirm }) }
    return offerBackfill({ url: registry.url, token: STRONG, backfill, ...offered }, context)
  }

  it('fills an empty registry on confirmation', async () => {
    expect(await offer(async () => true)).toBe('filled')
    expect(backfill).toHaveBeenCalledExactlyOnceWith(registry.url, { A: 'a', ADMIN_TOKEN: STRONG })
  })

  it.each([
    ['is declined', async () => false],
    ['has no terminal to ask on', undefined],
  ])('leaves the registry empty if it %s', async (_, confirm) => {
    expect(await offer(confirm)).toBe('empty')
    expect(backfill).not.toHaveBeenCalled()
  })

  it('continues if the backfill fails, and reports why', async () => {
    backfill.mockRejectedValueOnce(new CommandError('Cannot backfill: git is not installed'))
    expect(await offer(async () => true)).toBe('empty')
    expect(notes).toBe('Cannot backfill: git is not installed\n')
  })

  it('does not ask if there is data, or if the registry cannot be read', async () => {
    const confirm = vi.fn(async () => true)
    expect(await offer(confirm, { url: 'http://127.0.0.1:1' })).toBe('unknown')
    expect(await offer(confirm, { token: undefined })).toBe('unknown')
    status = { ...status, ...FILLED }
    expect(await offer(confirm)).toBe('filled')
    expect(confirm).not.toHaveBeenCalled()
  })
})

describe('describeNextSteps()', () => {
  const deployed = { name: 'llm', environment: '', url: 'https://llm.example.com', fill: 'empty' as const }

  it('asks for a missing token, and then for a backfill before the first pull', () => {
    const text = describeNextSteps({ ...deployed, environment: 'staging', secrets: [] })
    expect(text).toContain('npx wrangler secret put ADMIN_TOKEN --env staging\n')
    const [past, first] = [
      'npm run backfill -- --from git --url https://llm.example.com',
      'Then pull for the first time',
    ]
    expect(text.indexOf(past)).toBeGreaterThan(0)
    expect(text.indexOf(first)).toBeGreaterThan(text.indexOf(past))
    expect(text).not.toContain('AA_API_KEY')
  })

  it('reports what it cannot determine', () => {
    const text = describeNextSteps({ ...deployed, fill: 'unknown' })
    expect(text).toContain('if it is not set')
    expect(text).toContain('The registry may be new. To add')
  })

  it('asks for nothing if everything is set up', () => {
    const text = describeNextSteps({ ...deployed, fill: 'filled', secrets: ['ADMIN_TOKEN'] })
    expect(text).not.toMatch(/secret put|backfill/)
    expect(text).toContain('To pull now instead of waiting for the cron')
  })
})

describe('the Deploy to Cloudflare button', () => {
  const read = (file: string) => readFileSync(`${PROJECT}${file}`, 'utf8')
  const { scripts, cloudflare } = JSON.parse(read('package.json'))

  it('asks for described secrets, and suggests no value', () => {
    const secrets = parseEnv(read('.dev.vars.example'))
    expect(Object.keys(cloudflare.bindings)).toEqual(Object.keys(secrets))
    expect(new Set(Object.values(secrets))).toEqual(new Set(['']))
  })

  it('finds a deploy script, and no build script, which would run before it', () => {
    expect(scripts.deploy).toBe('node scripts/registry.ts deploy')
    expect(scripts).not.toHaveProperty('build')
  })
})

describe('deploy', { timeout: 300_000 }, () => {
  let cloudflare: FakeCloudflare
  beforeAll(async () => {
    cloudflare = await FakeCloudflare.start()
  })
  afterAll(() => cloudflare.close())

  const environment = () => ({
    ...process.env,
    CI: 'true',
    CLOUDFLARE_ACCOUNT_ID: 'account',
    CLOUDFLARE_API_BASE_URL: cloudflare.url,
    CLOUDFLARE_API_TOKEN: 'token',
    WRANGLER_SEND_METRICS: 'false',
  })

  async function deploy(...args: string[]): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, ['scripts/registry.ts', 'deploy', ...args], {
      cwd: PROJECT,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, output }
  }

  const committed = () => readFileSync(`${PROJECT}wrangler.toml`, 'utf8')
  const namespaceOf = (worker: string) =>
    cloudflare.workers.get(worker)?.bindings.find(({ name }) => name === 'REGISTRY')?.namespace_id

  it('creates a namespace once, and finds it again in later builds', async () => {
    const before = committed()
    const first = await deploy()
    expect(first.output).toContain('Deployed llm-registry at https://llm-registry.me.workers.dev')
    expect(first.output).toContain('npx wrangler secret put ADMIN_TOKEN\n')
    expect(first.code).toBe(0)

    cloudflare.hidesSettings = true
    cloudflare.workers.get('llm-registry')?.secrets.push('ADMIN_TOKEN', 'AA_API_KEY', 'READ_TOKEN')
    const second = await deploy()
    expect(second.output).toContain('KV namespace "llm-registry-registry": found')
    expect(second.output).not.toContain('secret put')
    expect(second.code).toBe(0)

    expect(cloudflare.namespaces).toHaveLength(1)
    expect(namespaceOf('llm-registry')).toBe(cloudflare.namespaces[0]?.id)
    expect(cloudflare.workers.get('llm-registry')?.files).toContain('index.js.map')
    expect(committed()).toBe(before)
    expect(readdirSync(PROJECT).filter((file) => file.startsWith('wrangler.'))).toEqual(['wrangler.toml'])
  })

  it('stops at a key for Artificial Analysis without a token for reading, unless --public is given', async () => {
    const secrets = cloudflare.workers.get('llm-registry')?.secrets ?? []
    secrets.splice(0, secrets.length, 'ADMIN_TOKEN', 'AA_API_KEY')
    cloudflare.requests.length = 0
    const refused = await deploy()
    expect(refused.output).toContain('Cannot deploy: AA_API_KEY is set but READ_TOKEN is not')
    expect([refused.code, cloudflare.requests.filter((asked) => asked.startsWith('PUT'))]).toEqual([1, []])
    const deployed = await deploy('--public')
    expect(deployed.output).toContain('facts of Artificial Analysis, and its terms limit')
    expect(deployed.code).toBe(0)
    cloudflare.workers.get('llm-registry')?.secrets.push('READ_TOKEN')
  })

  it('gives staging its own Worker, namespace and cron', async () => {
    expect((await deploy('--env', 'staging')).code).toBe(0)
    const staging = cloudflare.workers.get('llm-registry-staging')
    expect(staging?.bindings.map(({ name }) => name).sort()).toEqual([
      'ASSETS',
      'AUTH_LIMITER',
      'CF_VERSION_METADATA',
      'COST_LIMITER',
      'REGISTRY',
      'REGISTRY_DO',
    ])
    expect(staging?.crons).toEqual(['30 2 * * *'])
    expect(namespaceOf('llm-registry-staging')).not.toBe(namespaceOf('llm-registry'))
    expect(cloudflare.namespaces.map(({ title }) => title)).toContain('llm-registry-staging-registry')
  })

  it('can be followed by the upload of a seed, as in docs/operating.md', async () => {
    cloudflare.hidesSettings = false
    const [, words = ''] =
      /^npx wrangler (kv key put .*)$/m.exec(readFileSync(`${PROJECT}docs/operating.md`, 'utf8')) ?? []
    const folder = mkdtempSync(join(tmpdir(), 'llm-seed-'))
    const file = join(folder, 'manifest-preview.json')
    writeFileSync(file, '{ "models": [] }')
    const args = words.split(' ').map((word) => (word === './data/manifest-preview.json' ? file : word))
    expect(args).toContain(file)
    const { code, complaint } = await askWrangler(args, { cwd: PROJECT, env: environment() })
    rmSync(folder, { recursive: true })
    expect([code, complaint]).toEqual([0, ''])
    const id = namespaceOf('llm-registry')
    expect(cloudflare.requests).toContain(`PUT /storage/kv/namespaces/${id}/values/manifest`)
  })

  it('leaves namespaces to wrangler if they cannot be listed, and reports it', async () => {
    cloudflare.listsNamespaces = false
    cloudflare.hidesSettings = false
    const { code, output } = await deploy()
    expect(output).toContain('cannot list the KV namespaces of the account, so wrangler chooses: Authentication error')
    expect(code).toBe(0)
  })

  it('stops before anything is sent when a secret can be guessed', async () => {
    cloudflare.requests.length = 0
    const folder = mkdtempSync(join(tmpdir(), 'llm-secrets-'))
    const file = join(folder, 'secrets.json')
    writeFileSync(file, '{ "ADMIN_TOKEN": "change-me-change-me" }')
    const { code, output } = await deploy('--secrets-file', file)
    rmSync(folder, { recursive: true })
    expect(output).toContain('ADMIN_TOKEN can be guessed')
    expect([code, cloudflare.requests]).toEqual([1, []])
  })
})
