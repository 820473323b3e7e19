/** Local servers for models.dev, Epoch and Arena with the replies in the folder of recorded data. */
import { readFileSync } from 'node:fs'
import { type LocalServer, startLocalServer } from '../cli/local-server.ts'
import { readRecorded, recordedFile } from '../recorded-data.ts'

export interface RecordedSources {
  /** The settings with their URLs. */
  settings: Record<'MODELS_DEV_URL' | 'EPOCH_URL' | 'ARENA_URL' | 'ARENA_CARD_URL', string>
  close(): void
}

export async function startRecordedSources(): Promise<RecordedSources> {
  const server: LocalServer = await startLocalServer(({ url = '' }, response) => {
    response.end(replyTo(new URL(url, 'http://sources')))
  })
  const settings = {
    MODELS_DEV_URL: `${server.url}/api.json`,
    EPOCH_URL: `${server.url}/eci_scores.csv`,
    ARENA_URL: `${server.url}/arena`,
    ARENA_CARD_URL: `${server.url}/card`,
  }
  return { settings, close: server.close }
}

function replyTo({ pathname, searchParams }: URL): string {
  if (pathname === '/api.json') return JSON.stringify(readRecorded('models-dev', 'api-2026-09-30.json.gz'))
  if (pathname === '/eci_scores.csv')
    return readFileSync(recordedFile('scores', 'epoch', 'eci_scores.2026-08-11.csv'), 'utf8')
  if (pathname === '/card')
    return JSON.stringify({ id: 'lmarena-ai/leaderboard-dataset', cardData: { license: 'cc-by-4.0' } })
  return arenaPage(Number(searchParams.get('offset')))
}

function arenaPage(offset: number): string {
  const text = readFileSync(recordedFile('scores', 'arena', 'rows-text-overall-2026-08-12.json'), 'utf8')
  const { rows }: { rows: unknown[] } = JSON.parse(text)
  return JSON.stringify({ rows: rows.slice(offset, offset + 100), num_rows_total: rows.length, partial: false })
}
