/**
 * What goes in and what comes out: by the names of models.dev (`pdf`), or by MIME type (`application/pdf`, `image/png`,
 * `image/*`) in schema v2, which also names results that are none of ours (`embedding`).
 */
import type { Modalities } from '../../../core/schema/model.ts'
import { MODALITIES, type Modality } from '../../../core/vocabulary.ts'
import { inOrder } from '../../fact.ts'
import type { FieldReader, JsonObject } from '../../field-reader.ts'

/** Results that are no medium. */
const RESULTS: unknown[] = ['embedding', 'reranking', 'decision']

export function readModalities(row: JsonObject, fields: FieldReader): Modalities | undefined {
  const said = fields.object('modalities', row.modalities)
  if (said === undefined) return undefined
  const input = readSide('modalities.input', said.input, fields)
  const output = readSide('modalities.output', said.output, fields)
  return input && output && { input, output }
}

/** `undefined` unless the list names something that is known. */
function readSide(field: string, value: unknown, fields: FieldReader): Modality[] | undefined {
  const said = fields.list(field, value)
  if (said === undefined) return undefined
  const rest: unknown[] = []
  const modalities = inOrder(MODALITIES, said, (name) => rest.push(name))
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
