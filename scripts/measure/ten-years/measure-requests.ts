/** The cost of the same reads for the first reader: through the Worker, with empty caches. */
import { CommandError } from '../../../src/cli/shared/command.ts'
import { RegistryClient, refusalOf } from '../../../src/cli/shared/registry-client.ts'
import { type Measured, measure } from '../shared/measure.ts'
import type { SentDay } from '../shared/sent-day.ts'
import type { Harness } from '../workerd/harness.ts'
import { depthsOf } from './depths.ts'

export interface RequestCost {
  name: string
  cost: Measured
}

export async function measureRequests(harness: Harness, sent: SentDay[]): Promise<RequestCost[]> {
  const versionOf = (seq: number) => sent[seq - 1]?.version ?? ''
  const client = new RegistryClient(harness)
  const get = (path: string) => () => fetchBody(client, path)
  const kinds: [string, (seq: number) => string][] = [
    ['/v1/versions/:version', (seq) => `/v1/versions/${versionOf(seq)}`],
    ['/v1/manifest?version=', (seq) => `/v1/manifest?version=${versionOf(seq)}`],
    ['/v1/diff of neighbours', (seq) => `/v1/diff?from=${versionOf(seq - 1)}&to=${versionOf(seq)}`],
  ]
  const seqs = depthsOf(sent.length).find(({ name }) => name === 'at random')?.seqs ?? []
  const half = Math.floor(seqs.length / 2)
  const costs: RequestCost[] = []
  for (const [name, pathOf] of kinds) {
    const calls = seqs.map((seq) => get(pathOf(seq)))
    for (const call of calls.slice(half)) await call()
    costs.push({ name, cost: await measure(harness, calls.slice(0, half)) })
  }
  const readNewest = seqs.map(() => get('/v1/manifest'))
  return [...costs, { name: '/v1/manifest, from memory', cost: await measure(harness, readNewest) }]
}

async function fetchBody(client: RegistryClient, path: string): Promise<void> {
  const response = await client.request(path)
  if (!response.ok) throw new CommandError(`Cannot measure ${path}: ${await refusalOf(response)}`)
  await response.arrayBuffer()
}
