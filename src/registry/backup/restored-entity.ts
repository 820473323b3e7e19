/** Bodies of restored models and providers: canonical JSON of nothing but facts that the schemas know, of their own entity. */
import { canonicalize } from '../../core/json/canonical.ts'
import { isPlainText } from '../../core/plain-text.ts'
import { Model, Provider } from '../../core/schema/model.ts'
import { type Database, fitsInRow } from '../store/database.ts'
import type { BackupRow } from './backup-part.ts'

/** As long as one of an override may be. */
const MAX_FACT_TEXT = 2000

/** `value` is empty for a provider. */
export function isEntityBody({ provider, value }: { provider: string; value: string }, body: string): boolean {
  const facts = parseFacts(value === '' ? Provider : Model, body)
  if (!facts || !fitsInRow(body) || !hasUsableTexts(facts)) return false
  return 'provider' in facts ? facts.provider === provider && facts.value === value : facts.value === provider
}

/** Among rows whose entities are already stored, the first that is not a revision of its entity. */
export function findWrongRevision({ sql }: Database, rows: readonly BackupRow[]): BackupRow | undefined {
  const ids = JSON.stringify([...new Set(rows.map((row) => row.entity_id))])
  const entities = sql
    .exec<{ id: number; provider: string; value: string }>(
      'select id, provider, value from entities where id in (select value from json_each(?))',
      ids,
    )
    .toArray()
  const known = new Map(entities.map((entity) => [entity.id, entity]))
  return rows.find(({ entity_id, body }) => {
    const entity = known.get(Number(entity_id))
    return !entity || !isEntityBody(entity, String(body))
  })
}

/** A fact that no schema knows is dropped by parsing, so that the text is not the same any more. */
function parseFacts(schema: typeof Provider | typeof Model, body: string): Model | Provider | undefined {
  try {
    const facts = schema.safeParse(JSON.parse(body)).data
    return facts && canonicalize(facts) === body ? facts : undefined
  } catch {
    return undefined
  }
}

function hasUsableTexts(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_FACT_TEXT && isPlainText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, member]) => isPlainText(key) && hasUsableTexts(member))
}
