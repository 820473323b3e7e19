/** The rows of a record, by the format that it has. */
import type { FileRecord } from '../read/file-record.ts'
import { ANTHROPIC_USAGE } from './anthropic-usage.ts'
import { CLAUDE_CODE } from './claude-code.ts'
import { objectOf } from './fields.ts'
import { LITELLM } from './litellm.ts'
import { OPENAI_USAGE } from './openai-usage.ts'
import { PLAIN_USAGE } from './plain-usage.ts'
import type { ReadOptions, RowReading, UsageFormat } from './usage-row.ts'

/** The first format that matches is used. */
const FORMATS: UsageFormat[] = [OPENAI_USAGE, ANTHROPIC_USAGE, LITELLM, CLAUDE_CODE]

export function readRows({ record, fields, problem }: FileRecord, options: ReadOptions): RowReading[] {
  if (problem !== undefined)
    return [{ record, columns: fields, problem: { code: 'unreadable-record', detail: problem } }]
  const format = FORMATS.find(({ matches }) => matches(fields))
  if (format) return format.read(record, fields, options)
  // A page of a list, as returned by an API.
  if (Array.isArray(fields.data))
    return fields.data.flatMap((item) => readRows({ record, fields: objectOf(item) }, options))
  return PLAIN_USAGE.read(record, fields, options)
}
