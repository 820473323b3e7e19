/** What a careful caller does with each error: `REGISTRY_URL=http://localhost:8787 npm run example distinguish-errors`. */
import { type ClientError, createRegistry } from '@rttnd/llm'

const registry = createRegistry({
  baseUrl: process.env.REGISTRY_URL ?? 'http://localhost:8787',
  headers: () => ({ authorization: `Bearer ${process.env.READ_TOKEN ?? ''}` }),
  timeout: 5_000,
  onError: (error) => console.error(`Serving the last good manifest: ${error.message}`),
})

function adviceFor(error: ClientError): string {
  switch (error.name) {
    case 'NetworkError':
    case 'TimeoutError':
      return 'Check the connection, and try again.'
    case 'ProblemError':
      if (error.code === 'unauthorized') return 'Set READ_TOKEN to a read token of the registry.'
      if (error.code === 'not-found') return 'Not found now: its history shows whether there was one.'
      return error.retryAfterSeconds
        ? `Try again in ${error.retryAfterSeconds} seconds.`
        : 'Ask the operator of the registry.'
    case 'DataError':
      return 'Check the URL: the response is not from a registry.'
    case 'CostError':
      return 'The registry does not know a price that is needed.'
    case 'AbortedError':
      return 'Nothing to do: the caller wanted it so.'
  }
}

const { data: model, error } = await registry.getModel('openai', 'gpt-5', { signal: AbortSignal.timeout(10_000) })
console.log(error ? `${error.message}\n${adviceFor(error)}` : model)
