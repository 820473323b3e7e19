/** Recorded pulls in a directory: the files in the order of their times, and their content. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { CommandError } from '../../shared/command.ts'
import { fileReason, listFiles, parseJsonBytes } from '../../shared/files.ts'

/** The registry checks the pages; here they only have to exist. Times may have any offset. */
const Recorded = { source: z.string().optional(), fetchedAt: z.iso.datetime({ offset: true }) }
const RecordedPull = z.union([
  z.object({ ...Recorded, pages: z.array(z.unknown()) }),
  z.object({ ...Recorded, body: z.string() }),
])
export type RecordedPull = z.infer<typeof RecordedPull>

interface PullFile {
  file: string
  /** Unix milliseconds. */
  at: number
}

export interface NotAPull {
  file: string
  detail: string
}

export interface PullFiles {
  /** Oldest first. */
  pulls: PullFile[]
  others: NotAPull[]
}

/** Reads every file once for its time, and keeps none in memory: a folder may contain years of pulls. */
export async function listPullFiles(directory: string): Promise<PullFiles> {
  const names = await listNames(directory)
  if (names.length === 0) throw new CommandError(`Cannot replay "${directory}": it contains no .json or .json.gz files`)
  const files: PullFiles = { pulls: [], others: [] }
  for (const file of names) {
    const read = await readPullFile(join(directory, file))
    if ('detail' in read) files.others.push({ file, detail: read.detail })
    else files.pulls.push({ file, at: Date.parse(read.fetchedAt) })
  }
  files.pulls.sort((a, b) => a.at - b.at)
  return files
}

export async function readPullFile(path: string): Promise<RecordedPull | { detail: string }> {
  const bytes = await readFile(path)
  let content: unknown
  try {
    content = parseJsonBytes(path, bytes)
  } catch (error) {
    return { detail: `not readable as JSON: ${error instanceof Error ? error.message : 'unknown reason'}` }
  }
  const pull = RecordedPull.safeParse(content)
  if (pull.success) return pull.data
  const [failed] = pull.error.issues
  const issue = failed?.code === 'invalid_union' ? failed.errors[0]?.[0] : failed
  return { detail: `not a recorded pull: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}` }
}

async function listNames(directory: string): Promise<string[]> {
  try {
    return await listFiles(directory, /\.json(\.gz)?$/)
  } catch (error) {
    throw new CommandError(`Cannot replay "${directory}": ${fileReason(error, 'directory')}`)
  }
}
