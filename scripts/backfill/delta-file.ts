/** A file of recorded deltas: one line of JSON per day, oldest first, gzipped or not. */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import * as z from 'zod'
import { CommandError } from '../../src/cli/shared/command.ts'
import { fileReason, parseJson } from '../../src/cli/shared/files.ts'
import { Delta } from '../../src/sources/models-dev/delta.ts'
import type { Day } from './send-days.ts'

const RecordedDelta = Delta.extend({ at: z.iso.datetime({ offset: true }) })

/** The first bytes of a gzip file (RFC 1952, section 2.3.1). */
const GZIP_MAGIC = [0x1f, 0x8b]

export async function readDeltas(path: string): Promise<Day[]> {
  const text = await readText(path)
  const days: Day[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const day = readLine(path, index + 1, line)
    if (dayOf(day.at) <= dayOf(days.at(-1)?.at))
      throw refusal(path, index + 1, 'is not on a later day than the one before it')
    days.push(day)
  }
  if (days.length === 0) throw new CommandError(`Cannot read "${path}": it contains no deltas`)
  return days
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error) => {
    throw new CommandError(`Cannot read "${path}": ${fileReason(error, 'file')}`)
  })
  if (!GZIP_MAGIC.every((byte, index) => bytes[index] === byte)) return bytes.toString('utf8')
  try {
    return gunzipSync(bytes).toString('utf8')
  } catch {
    throw new CommandError(`Cannot read "${path}": its gzip data is damaged or truncated`)
  }
}

function readLine(path: string, number: number, line: string): Day {
  const parsed = RecordedDelta.safeParse(parseJson(line))
  if (parsed.success) {
    const { at, ...delta } = parsed.data
    return { at, source: 'models.dev', delta }
  }
  const [issue] = parsed.error.issues
  throw refusal(path, number, `is not a delta: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`)
}

function refusal(path: string, line: number, reason: string): CommandError {
  return new CommandError(`Cannot read "${path}": line ${line} ${reason}`)
}

const dayOf = (at: string | undefined): string => (at === undefined ? '' : new Date(at).toISOString().slice(0, 10))
