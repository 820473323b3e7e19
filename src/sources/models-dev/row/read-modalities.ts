/**
 * Reads modalities: by name in models.dev (`pdf`), or by MIME type in schema v2 (`application/pdf`, `image/png`,
 * `image/*`). Schema v2 also lists outputs that are not modalities here (`embedding`).
 */
import type { Modalities } from '../../../core/schema/model.ts'
import { MODALITIES, type Modality } from '../../../core/vocabulary.ts'
import { inOrder } from '../../fact.ts'
import type { FieldReader, JsonObject } from '../../field-reader.ts'

/** Outputs that are not modalities. */
const RESULTS: unknown[] = ['embedding', 'reranking', 'decision']

export function readModalities(row: JsonObject, fields: FieldReader): Modalities | undefined {
  const stated = fields.object('modalities', row.modalities)
  if (stated === undefined) return undefined
  const input = readSide('modalities.input', stated.input, fields)
  const output = readSide('modalities.output', stated.output, fields)
  return input && output && { input, output }
}

/** `undefined` if the list has no known name. */
function readSide(field: string, value: unknown, fields: FieldReader): Modality[] | undefined {
  const stated = fields.list(field, value)
  if (stated === undefined) return undefined
  const rest: unknown[] = []
  const modalities = inOrder(MODALITIES, stated, (name) => rest.push(name))
  if (rest.length === 0) return modalities.length > 0 ? modalities : undefined
  return readTypes(field, [...modalities, ...rest], fields)
}

function readTypes(field: string, names: unknown[], fields: FieldReader): Modality[] | undefined {
  const known = names.filter((name) => RESULTS.includes(name) || modalityOf(name) !== undefined)
  for (const name of names) if (!known.includes(name)) fields.reject(field, name)
  return known.length > 0 ? inOrder(MODALITIES, known.map(modalityOf), () => {}) : undefined
}

function modalityOf(name: unknown): Modality | undefined {
  if (typeof name !== 'string') return undefined
  const kind = name === 'application/pdf' ? 'pdf' : name.replace(/^(text|image|audio|video)\/.*$/s, '$1')
  return MODALITIES.find((modality) => modality === kind)
}
