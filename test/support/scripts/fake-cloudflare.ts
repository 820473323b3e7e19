/** The part of Cloudflare's API that wrangler needs for a deployment: one account with namespaces and Workers. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type LocalServer, sendJson, startLocalServer } from '../cli/local-server.ts'

interface Worker {
  /** The bindings in the metadata of the upload. */
  bindings: { name: string; type: string; namespace_id?: string; class_name?: string }[]
  /** The names of the uploaded modules and other files. */
  files: string[]
  secrets: string[]
  crons: string[]
}

export class FakeCloudflare {
  readonly namespaces: { id: string; title: string }[] = []
  readonly workers = new Map<string, Worker>()
  readonly requests: string[] = []
  /** If true, the token may not read the settings of Workers, as happens in some builds. */
  hidesSettings = false
  listsNamespaces = true
  #server: LocalServer | undefined

  static async start(): Promise<FakeCloudflare> {
    const fake = new FakeCloudflare()
    fake.#server = await startLocalServer((request, response) => void fake.#answer(request, response))
    return fake
  }

  get url(): string {
    return `${this.#server?.url}/client/v4`
  }

  close(): void {
    this.#server?.close()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const path = (request.url ?? '').replace(/^\/client\/v4\/accounts\/[^/]+|\?.*$/g, '')
    const isFirstPage = !/[?&]page=[^1]/.test(request.url ?? '')
    const asked = `${request.method} ${path}`
    this.requests.push(asked)
    const send = (result: unknown) => sendJson(response, 200, { success: true, errors: [], messages: [], result })
    const refuse = (status: number, code: number, message: string) =>
      sendJson(response, status, { success: false, errors: [{ code, message }], messages: [], result: null })

    if (asked === 'GET /storage/kv/namespaces')
      return this.listsNamespaces
        ? send(isFirstPage ? this.namespaces : [])
        : refuse(403, 10_000, 'Authentication error')
    if (asked === 'POST /storage/kv/namespaces') {
      const { title } = JSON.parse(body)
      if (this.namespaces.some((known) => known.title === title))
        return refuse(400, 10_014, 'a namespace with this account ID and title already exists')
      const created = { id: String(this.namespaces.length + 1).padStart(32, '0'), title }
      this.namespaces.push(created)
      return send(created)
    }
    if (request.method === 'PUT' && /^\/storage\/kv\/namespaces\/[^/]+\/values\/[^/]+$/.test(path)) return send(null)
    if (path === '/workers/subdomain') return send({ subdomain: 'me' })
    const [, name = '', part = ''] = /^\/workers\/(?:scripts|services|workers)\/([^/]+)\/?(.*)$/.exec(path) ?? []
    if (part === 'assets-upload-session') return send({ jwt: 'uploaded', buckets: [] })
    if (request.method === 'PUT' && part === '') {
      this.workers.set(name, { ...uploadOf(body), secrets: this.workers.get(name)?.secrets ?? [], crons: [] })
      return send({ id: name, etag: 'etag', deployment_id: 'deployment', startup_time_ms: 10 })
    }
    const worker = this.workers.get(name)
    if (!worker) return refuse(404, 10_007, 'This Worker does not exist on your account')
    if (part === 'settings')
      return this.hidesSettings ? refuse(403, 10_000, 'Authentication error') : send({ bindings: worker.bindings })
    if (part === 'secrets') return send(worker.secrets.map((secret) => ({ name: secret, type: 'secret_text' })))
    if (part === 'subdomain') return send({ enabled: true, previews_enabled: false })
    if (part === 'deployments') return send({ deployments: [] })
    if (part === 'schedules') {
      worker.crons = (JSON.parse(body || '[]') as { cron: string }[]).map(({ cron }) => cron)
      return send({ schedules: [] })
    }
    if (part === 'script-settings') return send({})
    if (path.startsWith('/workers/workers/')) return send({ subdomain: { enabled: true, previews_enabled: false } })
    if (part === '') return send({ default_environment: { script: { last_deployed_from: 'wrangler' } } })
    refuse(404, 7003, `There is no ${asked}`)
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('latin1')) body += chunk
  return body
}

/** The file names and bindings of a multipart upload. */
function uploadOf(body: string): Pick<Worker, 'bindings' | 'files'> {
  const [, json = '{}'] = /name="metadata"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n(.*?)\r\n--/s.exec(body) ?? []
  const files = Array.from(
    body.matchAll(/^content-disposition: [^\r\n]*filename="([^"]+)"/gim),
    ([, name = '']) => name,
  )
  return { bindings: JSON.parse(json).bindings ?? [], files }
}
