/**
 * Session files of Claude Code: one line per event. Events of the assistant repeat the usage of a message for each block of
 * its content, and again in sessions that continue another. One message is one request, identified by its id.
 */
import { objectOf, textOf } from './fields.ts'
import { readSpan } from './read-span.ts'
import type { RowReading, UsageFormat } from './usage-row.ts'

/** The model name of messages that Claude Code itself wrote, for errors and interruptions. */
const NO_MODEL = '<synthetic>'

export const CLAUDE_CODE: UsageFormat = {
  matches: (fields) => typeof fields.type === 'string' && !('model' in fields) && !('usage' in fields),
  read: (record, fields, { provider }) => [rowOf(record, fields, provider)],
}

function rowOf(record: number, fields: Record<string, unknown>, provider: string | undefined): RowReading {
  const message = objectOf(fields.message)
  const model = textOf(message.model)
  if (typeof message.usage !== 'object' || message.usage === null) return { record, skipped: 'a line without usage' }
  if (model === NO_MODEL) return { record, skipped: 'a message that was not written by a model' }
  const columns = columnsOf(fields)
  const refuse = (code: string, detail: string): RowReading => ({ record, model, columns, problem: { code, detail } })
  if (!model) return refuse('no-model', 'its message has no model')
  const span = readSpan(fields.timestamp, false)
  if (!span) return refuse('no-time', 'it has no `timestamp`')
  const messageId = textOf(message.id)
  const id = messageId && `${messageId} ${textOf(fields.requestId) ?? ''}`
  return { record, model, provider, span, usage: message.usage, columns, id }
}

/** Without the texts of the conversation. */
function columnsOf({ message: _, toolUseResult: __, ...columns }: Record<string, unknown>): Record<string, unknown> {
  return columns
}
