/** Fakes of the sources for the object: they return what the test sets, and count requests. */
import { type AaPagesOptions, aaPages, aaRow, type Facts } from '../rows.ts'
import { type ModelsDevProviders, modelsDevCatalogue } from './recorded/models-dev-days.ts'

type Answer = (page: number, init: RequestInit) => Response | Promise<Response>

export const MODELS_DEV_URL = 'https://models.example/api.json'

export class FakeSource {
  /** The ETags of the requests to models.dev. */
  readonly modelsDevTags: (string | null)[] = []
  answerModelsDev: (tag: string | null) => Response | Promise<Response> = () =>
    Promise.reject(new Error('The test did not say what models.dev answers'))

  /** The number of requests to Artificial Analysis. */
  requests = 0
  answer: Answer = () => Promise.reject(new Error('The test did not say what the source answers'))

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (url === MODELS_DEV_URL) {
      const tag = new Headers(init.headers).get('if-none-match')
      this.modelsDevTags.push(tag)
      return this.answerModelsDev(tag)
    }
    this.requests += 1
    return this.answer(Number(new URL(url).searchParams.get('page')), init)
  }

  serve(rows: Facts[] = [aaRow()], { headers, ...options }: AaPagesOptions & { headers?: HeadersInit } = {}): void {
    const pages = aaPages(rows, options)
    this.answer = (page) => Response.json(pages[page - 1], { headers })
  }

  /** If an ETag is given, a request with that ETag gets a 304. */
  serveModelsDev(providers: ModelsDevProviders, etag?: string): void {
    const json = modelsDevCatalogue(providers)
    this.answerModelsDev = (tag) =>
      etag !== undefined && tag === etag
        ? new Response(null, { status: 304 })
        : Response.json(json, { headers: etag === undefined ? {} : { etag } })
  }

  refuseModelsDev(status: number, headers: HeadersInit = {}): void {
    this.answerModelsDev = () => new Response('no', { status, headers })
  }

  refuse(status: number, headers: HeadersInit = {}): void {
    this.answer = () => new Response('no', { status, headers })
  }

  /** Blocks every request until the returned function is called, whose argument is then served. */
  hold(): (rows?: Facts[]) => void {
    const released = Promise.withResolvers<void>()
    this.answer = async (page, init) => {
      await released.promise
      return this.answer(page, init)
    }
    return (rows) => {
      this.serve(rows)
      released.resolve()
    }
  }
}
