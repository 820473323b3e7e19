/** Checks bodies of restored entities: canonical JSON, only known facts, and the identity of their own entity. */
import { canonicalize } from '../../core/json/canonical.ts'
import { isPlainText } from '../../core/plain-text.ts'
import { Model, Provider } from '../../core/schema/model.ts'
import { type Database, fitsInRow } from '../store/database.ts'
import type { BackupRow } from './backup-part.ts'

/** The same limit as for a text in an override. */
const MAX_FACT_TEXT = 2000

/** `value` is empty for a provider. */
export function isEntityBody({ provider, value }: { provider: string; value: string }, body: string): boolean {
  const facts = parseFacts(value === '' ? Provider : Model, body)
  if (!facts || !fitsInRow(body) || !hasUsableTexts(facts)) return false
  return 'provider' in facts ? facts.provider === provider && facts.value === value : facts.value === provider
}

/** The first row that is not a valid revision of its entity. The entities must be stored already. */
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

/** Parsing drops unknown facts, so a body that contains one no longer equals its canonical JSON. */
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
