/**
 * The real history of models.dev in the folder that RECORDED_DATA names; none if it is unset. Read when the tests are
 * bundled, because workerd has no files.
 */
import type { ServedProvider, ServedRow } from '../../../../scripts/measure/reading/naive-reading.ts'

// Vite evaluates this call statically. Each file becomes a data URL.
const files = import.meta.glob('@recorded/models-dev/history/{daily.ndjson,price-changes.csv}.gz', {
  query: '?url&inline',
  import: 'default',
})

export const hasRecordedHistory = Object.keys(files).length > 0

interface Changes<T> {
  set: Record<string, T>
  del: string[]
}

export interface RecordedDay {
  date: string
  at: string
  providers: Changes<Omit<ServedProvider, 'models'>>
  models: Changes<ServedRow>
}

/** Oldest first. */
export async function readRecordedHistory(): Promise<RecordedDay[]> {
  return (await readLines('daily.ndjson.gz')).map((line) => JSON.parse(line))
}

export interface PriceChange {
  date: string
  /** The field of models.dev's `cost`. */
  field: string
  from: number | undefined
  to: number | undefined
}

/** Changes of the prices of one row, oldest first. */
export async function readPriceChanges(provider: string, model: string): Promise<PriceChange[]> {
  const numberOf = (text = '') => (text === '' ? undefined : Number(text))
  const rows = (await readLines('price-changes.csv.gz')).map((line) => line.split(','))
  return rows
    .filter((row) => row[1] === provider && row[2] === model)
    .map(([date = '', , , field = '', from, to]) => ({ date, field, from: numberOf(from), to: numberOf(to) }))
}

async function readLines(name: string): Promise<string[]> {
  const path = Object.keys(files).find((candidate) => candidate.endsWith(name))
  const url = path && (await files[path]?.())
  if (!url) throw new Error(`There is no recorded file ${name}`)
  const zipped = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'))
  return (await new Response(stream).text()).trim().split('\n')
}

/** The catalogue of models.dev at the end of each day, kept by an independent implementation. */
export class ReplayedHistory {
  readonly #providers = new Map<string, Omit<ServedProvider, 'models'>>()
  readonly #rows = new Map<string, ServedRow>()

  apply({ providers, models }: RecordedDay): void {
    for (const id of providers.del) this.#providers.delete(id)
    for (const [id, provider] of Object.entries(providers.set)) this.#providers.set(id, provider)
    for (const key of models.del) this.#rows.delete(key)
    for (const [key, row] of Object.entries(models.set)) this.#rows.set(key, row)
  }

  /** The body in the form of `api.json`. */
  body(): ServedProvider[] {
    const rows = [...this.#rows].map(([key, row]) => ({ at: key.indexOf('/'), key, row }))
    const byProvider = Map.groupBy(rows, ({ at, key }) => key.slice(0, at))
    return [...this.#providers].map(([id, provider]) => {
      const models = (byProvider.get(id) ?? []).map(({ at, key, row }) => [key.slice(at + 1), row])
      return { ...provider, models: Object.fromEntries(models) }
    })
  }
}
