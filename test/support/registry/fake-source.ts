/** The sources as the object meets them: they answer what the test says, and count how often they are asked. */

import { type AaPagesOptions, aaPages, aaRow, type Facts } from '../rows.ts'
import { type ModelsDevApis, modelsDev } from '../sources/models-dev-catalogue.ts'

type Answer = (page: number, init: RequestInit) => Response | Promise<Response>

export const SECOND_URL = 'https://models.example/api.json'

export class FakeSource {
  /** The ETags that the second source was asked with. */
  readonly secondAsked: (string | null)[] = []
  answerSecond: (tag: string | null) => Response | Promise<Response> = () =>
    Promise.reject(new Error('The test did not say what the second source answers'))

  requests = 0
  answer: Answer = () => Promise.reject(new Error('The test did not say what the source answers'))

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    if (url === SECOND_URL) {
      const tag = new Headers(init.headers).get('if-none-match')
      this.secondAsked.push(tag)
      return this.answerSecond(tag)
    }
    this.requests += 1
    return this.answer(Number(new URL(url).searchParams.get('page')), init)
  }

  serve(rows: Facts[] = [aaRow()], { headers, ...options }: AaPagesOptions & { headers?: HeadersInit } = {}): void {
    const pages = aaPages(rows, options)
    this.answer = (page) => Response.json(pages[page - 1], { headers })
  }

  /** A catalogue of models.dev; with an ETag it is not sent again to who has it. */
  serveSecond(apis: ModelsDevApis, etag?: string): void {
    const json = modelsDev(apis)
    this.answerSecond = (tag) =>
      etag !== undefined && tag === etag
        ? new Response(null, { status: 304 })
        : Response.json(json, { headers: etag === undefined ? {} : { etag } })
  }

  refuse(status: number, headers: HeadersInit = {}): void {
    this.answer = () => new Response('no', { status, headers })
  }

  /** Leaves every request open; what the returned function is called with is then served. */
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
