/** The requests of the override commands. */
import * as z from 'zod'
import type { KeyedOverride } from '../../../core/overrides/override-schema.ts'
import { Diff } from '../../../core/schema/history.ts'
import { type Outcome, OverrideChange } from '../../../core/schema/operations.ts'
import { CommandError } from '../../shared/command.ts'
import { type Answer, detailOf, outcomeOf, type RegistryClient } from '../../shared/registry-client.ts'
import { readOverride } from './override-file.ts'
import { bulkItemOf, nameOf, type PlannedChange } from './push-plan.ts'

const PATH = '/v1/admin/overrides'
/** The limit of one request, and a push is one request: all or nothing. */
const MAX_CHANGES = 1000

const Listed = z.array(
  z.looseObject({ provider: z.string(), value: z.string().optional(), at: z.unknown(), by: z.unknown() }),
)

export async function fetchActive(client: RegistryClient): Promise<KeyedOverride[]> {
  const answer = await client.get(PATH)
  const listed = Listed.safeParse(answer.body)
  if (answer.status !== 200 || !listed.success)
    throw new CommandError(`Cannot read the registry's overrides: ${detailOf(answer)} (${answer.status})`)
  return listed.data.map(({ at: _, by: __, provider, value, ...body }) => {
    const target = { provider, ...(value !== undefined && { value }) }
    const override = readOverride(target, body, [])
    if (!('complaints' in override)) return override
    throw new CommandError(`Cannot read the registry's override of ${nameOf(target)}: ${override.complaints[0]}`)
  })
}

const HISTORY_PAGE = 500
const History = z.array(OverrideChange)

/** Every override that was ever put, as far as this version of the command can read it. */
export async function fetchPast(client: RegistryClient): Promise<KeyedOverride[]> {
  const past: KeyedOverride[] = []
  for (let before = ''; ; ) {
    const answer = await client.get(`${PATH}/history?limit=${HISTORY_PAGE}${before}`)
    const page = History.safeParse(answer.body)
    if (answer.status !== 200 || !page.success)
      throw new CommandError(
        `Cannot read the history of the registry's overrides: ${detailOf(answer)} (${answer.status})`,
      )
    past.push(...page.data.flatMap(overridesOf))
    const last = page.data.length === HISTORY_PAGE ? page.data.at(-1) : undefined
    if (last === undefined) return past
    before = `&before=${last.id}`
  }
}

function overridesOf({ provider, value, note, override }: OverrideChange): KeyedOverride[] {
  const read = readOverride({ provider, ...(value !== undefined && { value }) }, { note, ...override }, [])
  return override === undefined || 'complaints' in read ? [] : [read]
}

/** How the changes would change the manifest, as calculated by the registry. */
export async function previewChanges(
  client: RegistryClient,
  changes: readonly PlannedChange[],
): Promise<Diff | undefined> {
  const answer = await post(client, `${PATH}?dryRun=true`, changes)
  const preview = z.object({ diff: Diff.optional() }).safeParse(answer.body)
  if (answer.status === 200 && preview.success) return preview.data.diff
  throw await refusal(client, answer, changes)
}

/** All of them in one request: all or nothing, one version. */
export async function sendChanges(client: RegistryClient, changes: readonly PlannedChange[]): Promise<Outcome> {
  const answer = await post(client, PATH, changes)
  const outcome = outcomeOf(answer)
  if (answer.status === 200 && outcome) return outcome
  throw await refusal(client, answer, changes)
}

function post(client: RegistryClient, path: string, changes: readonly PlannedChange[]): Promise<Answer> {
  if (changes.length <= MAX_CHANGES) return client.post(path, changes.map(bulkItemOf))
  const reason = `${changes.length} overrides differ, but one request can contain at most ${MAX_CHANGES}`
  throw new CommandError(`Cannot send the overrides: ${reason}`)
}

async function refusal(
  client: RegistryClient,
  answer: Answer,
  changes: readonly PlannedChange[],
): Promise<CommandError> {
  const lines = [`Cannot push overrides: ${detailOf(answer)} (${answer.status})`]
  if (answer.status === 409) {
    const missing = await missingBases(client, changes)
    if (missing.length > 0) lines.push('Missing models to inherit from:', ...missing.map((line) => `  ${line}`))
  }
  return new CommandError(lines.join('\n'))
}

/** The registry reports only the first one, but the operator has to fix them all. */
async function missingBases(client: RegistryClient, changes: readonly PlannedChange[]): Promise<string[]> {
  const served = await client.registry.getModels()
  if (!served.data) return []
  const puts = changes.flatMap(({ kind, override }) => (kind === 'deleted' ? [] : [override]))
  const known = new Set([...served.data, ...puts].map(nameOf))
  return puts.flatMap((put) => {
    const base = 'inheritFrom' in put ? put.inheritFrom : undefined
    return base && !known.has(nameOf(base)) ? [`${nameOf(base)}, for ${nameOf(put)}`] : []
  })
}
