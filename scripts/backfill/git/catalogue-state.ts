/** The catalogue of models.dev at one commit, built from its files as its generator did at that time. */

import { canonicalize } from '../../../src/core/json/canonical.ts'
import type { CatalogueFiles, CatalogueReader } from './catalogue-files.ts'
import { inheritableOf, mergeTables, omitPath, type Table, withLegacyTier } from './inherit.ts'
import { normalizeRow } from './normalize-row.ts'
import { UnbuildableError } from './unbuildable-error.ts'

/** A provider or a row of `api.json`. */
export interface Item {
  /** The inputs of the build: items with equal inputs are equal. */
  signature: string
  json: Table
  /** Canonical JSON. */
  text: string
  /** The base file that it extends. */
  base?: string
}

export interface CatalogueState {
  /** By id. */
  providers: Map<string, Item>
  /** By "provider/model". */
  rows: Map<string, Item>
}

export const EMPTY: CatalogueState = { providers: new Map(), rows: new Map() }

/** From this day on, reasoning options were no longer inherited from another row. */
const OWN_REASONING_OPTIONS = '2026-06-02'

/** `before` is an earlier state, whose unchanged items are reused. */
export function readCatalogue(
  reader: CatalogueReader,
  { date, commit }: { date: string; commit: string },
  before: CatalogueState,
): CatalogueState {
  const files = reader.filesOf(commit)
  const build = { reader, files, date, before, rows: new Map<string, Item>() }
  const providers = [...files.providers].map(([id, blob]) => [id, providerItem(build, id, blob)] as const)
  for (const key of files.rows.keys()) if (files.providers.has(providerOf(key))) rowItem(build, key)
  return { providers: new Map(providers), rows: build.rows }
}

interface Build {
  reader: CatalogueReader
  files: CatalogueFiles
  date: string
  before: CatalogueState
  /** Filled on demand, also by rows that extend others. */
  rows: Map<string, Item>
}

function providerItem({ reader, before }: Build, id: string, blob: string): Item {
  const known = before.providers.get(id)
  if (known?.signature === blob) return known
  const json = { ...reader.tableOf(blob), id }
  return { signature: blob, json, text: canonicalize(json) }
}

function rowItem(build: Build, key: string): Item {
  const { reader, files, before, date } = build
  const made = build.rows.get(key)
  if (made) return made
  const blob = files.rows.get(key) ?? ''
  const { extends: extended, base_model: base, base_model_omit: omitted, ...own } = reader.tableOf(blob)
  const parent = parentOf(build, { key, extended, base, omitted })
  const signature = [blob, parent?.signature ?? '', date >= OWN_REASONING_OPTIONS].join()
  const known = before.rows.get(key)
  const item = known?.signature === signature ? known : createItem(key, signature, own, parent)
  build.rows.set(key, item)
  return item
}

interface Parent {
  signature: string
  json: Table
  omit: readonly string[]
  base?: string
}

function createItem(key: string, signature: string, own: Table, parent: Parent | undefined): Item {
  const merged = parent ? mergeTables(parent.json, own) : own
  const whole = (parent?.omit ?? []).reduce((row, path) => omitPath(row, path.split('.')), merged)
  const json = withLegacyTier(normalizeRow({ ...whole, id: key.slice(key.indexOf('/') + 1) }))
  return { signature, json, text: canonicalize(json), ...(parent?.base !== undefined && { base: parent.base }) }
}

function parentOf(
  build: Build,
  { key, extended, base, omitted }: { key: string; extended: unknown; base: unknown; omitted: unknown },
): Parent | undefined {
  if (typeof base === 'string') {
    const blob = build.files.bases.get(base)
    if (blob === undefined)
      throw new UnbuildableError(`Cannot build "${key}": it is based on "${base}", which is missing`)
    return { signature: blob, json: inheritableOf(build.reader.tableOf(blob)), omit: textsOf(omitted), base }
  }
  const { from, omit }: Table = Object(extended)
  if (typeof from !== 'string') return undefined
  if (!build.files.rows.has(from))
    throw new UnbuildableError(`Cannot build "${key}": it extends "${from}", which is missing`)
  const { json, signature } = rowItem(build, from)
  const { reasoning_options: _, ...others } = json
  return { signature, json: build.date >= OWN_REASONING_OPTIONS ? others : json, omit: textsOf(omit) }
}

const textsOf = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((text) => typeof text === 'string') : []

const providerOf = (key: string): string => key.slice(0, key.indexOf('/'))
