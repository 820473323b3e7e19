/** The source of the days of a backfill, as selected by `--from`. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Output } from '../../src/cli/shared/terminal.ts'
import { readDeltas } from './delta-file.ts'
import { cloneRepository } from './git/git-process.ts'
import { planReplay } from './git/replay.ts'
import type { Day } from './send-days.ts'

const MODELS_DEV_REPOSITORY = 'https://github.com/anomalyco/models.dev.git'

export interface History {
  name: string
  /** The maximum number of days: days without changes are skipped later. */
  total: number
  /** Oldest first. */
  days: Iterable<Day>
  close(): void
}

export interface HistoryRange {
  /** The time of the last day that the registry has: its whole UTC day is skipped. */
  after: string | undefined
  /** Unix milliseconds. */
  now: number
  output: Output
}

export async function openHistory(from: string, range: HistoryRange): Promise<History> {
  const [, place] = /^git(?::(.+))?$/.exec(from) ?? []
  if (from !== 'git' && place === undefined) return fileHistory(from, range)
  return place !== undefined && isFolder(place)
    ? repositoryHistory(place, place, range, () => undefined)
    : clonedHistory(place ?? MODELS_DEV_REPOSITORY, range)
}

async function fileHistory(path: string, { after }: HistoryRange): Promise<History> {
  const days = (await readDeltas(path)).filter(({ at }) => isAfter(at, after))
  return { name: path, total: days.length, days, close: () => undefined }
}

function clonedHistory(url: string, range: HistoryRange): History {
  const folder = mkdtempSync(join(tmpdir(), 'models-dev-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // For exits that nothing else handles, such as an interruption.
  process.once('exit', remove)
  range.output.write(`Cloning ${url}\n`)
  cloneRepository(url, folder)
  return repositoryHistory(url, folder, range, () => {
    process.off('exit', remove)
    remove()
  })
}

function repositoryHistory(name: string, folder: string, range: HistoryRange, close: () => void): History {
  const note = (text: string) => range.output.write(`${text}\n`)
  return {
    name,
    ...planReplay(folder, { now: range.now, isWanted: ({ at }) => isAfter(at, range.after) }, note),
    close,
  }
}

const isAfter = (at: string, last: string | undefined): boolean => last === undefined || dateOf(at) > dateOf(last)

const dateOf = (at: string): string => new Date(at).toISOString().slice(0, 10)

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
