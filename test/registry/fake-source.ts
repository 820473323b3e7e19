/** Artificial Analysis as the object meets it: answers what the test says, and counts how often it is asked. */
import { type AaPagesOptions, aaPages, aaRow, type Facts } from '../builders.ts'

type Answer = (page: number, init: RequestInit) => Response | Promise<Response>

export class FakeSource {
  requests = 0
  answer: Answer = () => Promise.reject(new Error('The test did not say what the source answers'))

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    this.requests += 1
    return this.answer(Number(new URL(url).searchParams.get('page')), init)
  }

  serve(rows: Facts[] = [aaRow()], { headers, ...options }: AaPagesOptions & { headers?: HeadersInit } = {}): void {
    const pages = aaPages(rows, options)
    this.answer = (page) => Response.json(pages[page - 1], { headers })
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
