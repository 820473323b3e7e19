/**
 * Joins statements into the rows of the catalogue: those with exactly the same provider and value are one row, whatever
 * else they state. Unusable facts are left out here, before any row takes facts from another. Pure; the order of
 * statements does not matter.
 */

import { fail, ok, type Result, type SourceFailure } from '../failure.ts'
import { compareText } from '../json/canonical.ts'
import type { ModelKey } from '../schema/model.ts'
import type { ModelStatement } from '../statements/statement.ts'
import { LastResults } from './last-results.ts'
import { type UnreadFact, type UsableSettings, usableStatement } from './usable-statement.ts'

/** Which model a statement describes, across providers. */
export interface Identity {
  lab?: string
  /** The same at every provider. */
  family: string
  /** Offered by its own lab. */
  firstParty?: true
}

export type FamilyOf = (statement: ModelStatement) => Identity

/** What the sources say of one model: at least one of the two. */
export interface Row extends ModelKey {
  identity: Identity
  /** From a source that lists what a provider offers. */
  listed?: ModelStatement
  /** From Artificial Analysis, which measures models. If `listed` is absent, the row is a variant of a model. */
  measured?: ModelStatement
}

/** The rows of each provider, sorted by value. */
export type Rows = Map<string, Row[]>

export interface RowSettings extends UsableSettings {
  familyOf: FamilyOf
  memory?: LastResults<JoinedRows>
}

/** The result for one provider. */
export interface JoinedRows {
  /** Sorted by value. */
  rows: Row[]
  unread: UnreadFact[]
  repeated: ModelStatement[]
}

export function joinRows(
  statements: readonly ModelStatement[],
  settings: RowSettings,
): Result<{ rows: Rows; unread: UnreadFact[] }, SourceFailure> {
  const { familyOf, indexVersion, billingOf, memory = new LastResults<JoinedRows>() } = settings
  const joined = new Map<string, JoinedRows>()
  for (const [provider, ofProvider] of Map.groupBy(statements, ({ provider }) => provider)) {
    const inputs = [...ofProvider, familyOf, indexVersion, billingOf, settings.providerNameOf(provider)]
    const join = () => joinRowsOfProvider(ofProvider, settings)
    joined.set(provider, memory.take(provider, inputs, join))
  }
  const all = [...joined.values()]
  const [first] = all.flatMap(({ repeated }) => repeated).sort((a, b) => compareText(nameOf(a), nameOf(b)))
  if (first) return fail(repeatedRow(first))
  const rows = new Map([...joined].map(([provider, { rows }]) => [provider, rows]))
  return ok({ rows, unread: countUnread(all.flatMap(({ unread }) => unread)) })
}

function joinRowsOfProvider(statements: readonly ModelStatement[], settings: RowSettings): JoinedRows {
  const unread: UnreadFact[] = []
  const byValue = new Map<string, Row>()
  const repeated: ModelStatement[] = []
  for (const statement of statements) {
    const usable = usableStatement(statement, settings, unread)
    const row = byValue.get(statement.value)
    if (row?.[sideOf(statement)]) repeated.push(statement)
    // The listed statement decides the family: a measured one does not override it.
    const identity = row && sideOf(statement) === 'measured' ? row.identity : settings.familyOf(statement)
    byValue.set(statement.value, withStatement(row, usable, identity))
  }
  return { rows: [...byValue.values()].sort((a, b) => compareText(a.value, b.value)), unread, repeated }
}

function withStatement(row: Row | undefined, statement: ModelStatement, identity: Identity): Row {
  const { provider, value } = statement
  const known = row ?? { provider, value }
  return sideOf(statement) === 'listed'
    ? { ...known, identity, listed: statement }
    : { ...known, identity, measured: statement }
}

/** The statement that gives the row its name. */
export function statementOf({ listed, measured, provider, value }: Row): ModelStatement {
  const statement = listed ?? measured
  if (!statement) throw new Error(`Cannot read the row "${provider}/${value}": no statement`)
  return statement
}

const sideOf = ({ source }: ModelStatement): 'listed' | 'measured' =>
  source === 'artificial-analysis' ? 'measured' : 'listed'

/** One line per source and field. The example is the first by key, so the order of statements does not matter. */
function countUnread(all: UnreadFact[]): UnreadFact[] {
  const counted = new Map<string, UnreadFact>()
  for (const fact of all) {
    const key = `${fact.source}\n${fact.field}`
    const known = counted.get(key)
    const first = known && compareText(known.example, fact.example) < 0 ? known : fact
    counted.set(key, { ...first, count: (known?.count ?? 0) + fact.count })
  }
  return [...counted.entries()].sort(([a], [b]) => compareText(a, b)).map(([, fact]) => fact)
}

const nameOf = ({ source, provider, value }: ModelStatement): string => `${source}: ${provider}/${value}`

function repeatedRow({ source, provider, value }: ModelStatement): SourceFailure {
  const detail = `Cannot build the catalogue: ${source} lists "${provider}/${value}" twice`
  return { code: 'source-failed', reason: 'inconsistent', detail }
}
