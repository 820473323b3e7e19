/** What the registry acknowledged, and whether it still has it after a restart. */
import * as z from 'zod'
import { readCommits } from '../../../src/cli/commands/verify/read-commits.ts'
import { detailOf, type RegistryClient } from '../../../src/cli/shared/registry-client.ts'
import { sha256 } from '../../../src/cli/shared/sha256.ts'
import { checkCommits } from '../../../src/core/records/check-commits.ts'
import type { VersionInfo } from '../../../src/core/schema/history.ts'
import { ReplyChecker } from '../load/check-reply.ts'
import { Connection } from '../load/connection.ts'

export interface Acknowledged {
  /** The version of each commit, by its number. */
  commits: Map<number, string>
  /** Of the one model that overrides are about: the last that was acknowledged, or sent without an answer. */
  names: string[]
}

const Overridden = z.array(
  z.looseObject({ value: z.string().optional(), set: z.looseObject({ name: z.string() }).optional() }),
)

/** What is wrong, a line for each fault. */
export async function findLosses(
  client: RegistryClient,
  value: string,
  { commits, names }: Acknowledged,
): Promise<string[]> {
  const rows = await readCommits(client)
  const lost = [...commits].filter(([seq, version]) => rows[seq - 1]?.version !== version)
  return [
    ...lost.map(([seq, version]) => `commit ${seq} (${version}) was acknowledged, and is ${rows[seq - 1]?.version}`),
    ...checkCommits(rows, sha256),
    ...(await findLostOverride(client, value, names)),
    ...(await findTornReads(client.url, rows)),
  ]
}

async function findLostOverride(client: RegistryClient, value: string, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const answer = await client.get('/v1/admin/overrides')
  const active = Overridden.safeParse(answer.body)
  if (!active.success) return [`Cannot read the overrides: ${detailOf(answer)}`]
  const found = active.data.find((override) => override.value === value)?.set?.name
  return found !== undefined && names.includes(found)
    ? []
    : [`the override is ${found ?? 'gone'}, where ${names.join(' or ')} was acknowledged`]
}

/** The current manifest, and that of the first commit. */
async function findTornReads(url: string, rows: readonly VersionInfo[]): Promise<string[]> {
  const connection = new Connection(url)
  const checker = new ReplyChecker()
  const faults: string[] = []
  for (const version of [undefined, rows[0]?.version]) {
    const query = version === undefined ? '' : `?version=${version}`
    const read = { route: '/v1/manifest', path: `/v1/manifest${query}`, ...(version !== undefined && { version }) }
    const checked = checker.check(read, await connection.get(read.path))
    if ('complaint' in checked) faults.push(`GET ${read.path}: ${checked.complaint}`)
  }
  connection.close()
  return faults
}
