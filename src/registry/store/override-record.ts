/** The record of overrides: append-only, with one active override per target; and the last facts that they build on. */
import { and, asc, desc, eq, lt } from 'drizzle-orm'
import { canonicalize } from '../../core/json/canonical.ts'
import type { Override, Remembered } from '../../core/overrides/override.ts'
import type { KeyedOverride } from '../../core/overrides/override-schema.ts'
import type { Model, Provider } from '../../core/schema/model.ts'
import type { OverrideChange } from '../../core/schema/operations.ts'
import type { Database } from './database.ts'
import { type OverrideRow, overrides, remembered } from './tables.ts'

export interface Target {
  provider: string
  /** Absent for a provider. */
  value?: string
}

/** An active override, and the change that put it. */
export interface ActiveOverride {
  id: number
  at: number
  by: string
  override: KeyedOverride
}

export function activeOverrides({ sql }: Database): ActiveOverride[] {
  const rows = sql.exec<{ id: number; at: number; by: string; body: string }>(
    `select id, at, by, body from overrides
      where id in (select max(id) from overrides group by provider, value) and body is not null
      order by provider, value`,
  )
  return rows.toArray().map(({ body, ...rest }) => ({ ...rest, override: JSON.parse(body) }))
}

/** The prices of all overrides after the change with this id, by target, as one text. */
export function scheduledPricesText({ sql }: Database, upToId: number): string {
  const rows = sql.exec<{ provider: string; value: string; prices: string }>(
    `select provider, value, body -> '$.prices' as prices from overrides
      where id in (select max(id) from overrides where id <= ? group by provider, value)
        and body -> '$.prices' is not null
      order by provider, value`,
    upToId,
  )
  return JSON.stringify(rows.toArray())
}

/** The id of the newest change of an override; 0 before the first. */
export function newestOverrideId({ sql }: Database): number {
  return sql.exec<{ id: number }>('select coalesce(max(id), 0) as id from overrides').one().id
}

export function activeOverride(db: Database, target: Target): ActiveOverride | undefined {
  const newest = db.tables.select().from(overrides).where(isOf(target)).orderBy(desc(overrides.id)).limit(1).get()
  if (!newest?.body) return undefined
  const { id, at, by, body } = newest
  return { id, at, by, override: JSON.parse(body) }
}

export function appendOverride(
  { tables }: Database,
  { provider, value = '' }: Target,
  override: KeyedOverride | undefined,
  context: { at: number; by: string },
): void {
  const body = override ? canonicalize(override) : null
  tables
    .insert(overrides)
    .values({ ...context, provider, value, body })
    .run()
}

export interface ChangesQuery {
  /** Absent for all targets. */
  target?: Target
  limit: number
  /** Only changes with a lower id. */
  before?: number
}

/** Newest first. */
export function listOverrideChanges({ tables }: Database, { target, limit, before }: ChangesQuery): OverrideChange[] {
  const older = before === undefined ? undefined : lt(overrides.id, before)
  const where = and(target && isOf(target), older)
  return tables.select().from(overrides).where(where).orderBy(desc(overrides.id)).limit(limit).all().map(toChange)
}

function toChange({ id, at, by, provider, value, body }: OverrideRow): OverrideChange {
  const override = body === null ? undefined : (JSON.parse(body) as KeyedOverride) // written by appendOverride
  return {
    id,
    at: new Date(at).toISOString(),
    by,
    action: override ? 'put' : 'delete',
    provider,
    ...(value !== '' && { value }),
    ...(override && { note: override.note, override: { ...override } }),
  }
}

function isOf({ provider, value = '' }: Target) {
  return and(eq(overrides.provider, provider), eq(overrides.value, value))
}

export function readRemembered({ tables }: Database): Remembered {
  const rows = tables.select().from(remembered).orderBy(asc(remembered.provider), asc(remembered.value)).all()
  // The value shows the kind, and the body was an entity of the catalogue when it was written.
  const models = rows.filter(({ value }) => value !== '').map(({ body }): Model => JSON.parse(body))
  const providers = rows.filter(({ value }) => value === '').map(({ body }): Provider => JSON.parse(body))
  return { models, providers }
}

/** Replaces all remembered facts, so that those that no override builds on are deleted. */
export function writeRemembered({ tables }: Database, { models, providers }: Remembered): void {
  tables.delete(remembered).run()
  const entries = [
    ...models.map((model) => ({ provider: model.provider, value: model.value, body: canonicalize(model) })),
    ...providers.map((provider) => ({ provider: provider.value, value: '', body: canonicalize(provider) })),
  ]
  for (const entry of entries) tables.insert(remembered).values(entry).run()
}

export const plainOverrides = (active: readonly ActiveOverride[]): Override[] => active.map(({ override }) => override)
