/** The few requests that the local commands make to a registry, with what they say when it is not there or refuses. */
import * as z from 'zod'
import { type Outcome, Outcome as OutcomeSchema, RegistryStatus } from '../../core/schema/operations.ts'
import { CommandError } from './command.ts'

/** Longer than a pull of every page by the registry itself may take. */
const TIMEOUT_MS = 15 * 60_000

export interface Reply {
  status: number
  body: unknown
}

export interface RegistryClient {
  get(path: string): Promise<Reply>
  post(path: string, body?: unknown): Promise<Reply>
}

/** `url` is where the registry is, without a path. */
export function createRegistryClient(url: string, token: string): RegistryClient {
  const request = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      return { status: response.status, body: parseJson(await response.text()) }
    } catch (error) {
      throw new CommandError(`Cannot reach the registry at ${url}: ${reasonOf(error)}`)
    }
  }
  return {
    get: (path) => request('GET', path),
    post: (path, body) => request('POST', path, body),
  }
}

export async function fetchStatus(client: RegistryClient): Promise<RegistryStatus> {
  const reply = await client.get('/v1/status')
  const status = RegistryStatus.safeParse(reply.body)
  if (reply.status === 200 && status.success) return status.data
  throw new CommandError(`Cannot read the registry's status: ${detailOf(reply)}`)
}

/** What a change came to; `undefined` for a refusal, whose reason `detailOf` gives. */
export function outcomeOf({ body }: Reply): Outcome | undefined {
  return OutcomeSchema.safeParse(body).data
}

const Problem = z.object({ detail: z.string() })

export function detailOf({ status, body }: Reply): string {
  return Problem.safeParse(body).data?.detail ?? `it answered with status ${status}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Of a failed fetch, the cause says more than the message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed'
  const { cause } = error
  if (cause instanceof AggregateError) return reasonOf(cause.errors[0])
  return cause instanceof Error ? cause.message : error.message
}
