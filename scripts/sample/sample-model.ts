/** The facts of the sample that are real: one model a line, from models.dev (see NOTICE). An absent key is unknown. */
import { readFileSync } from 'node:fs'

export interface SampleModel {
  slug: string
  name: string
  /** A key of `SAMPLE_CREATORS`. */
  creator: string
  releaseDate: string
  /** USD per 1M tokens, as the other prices. */
  input?: number
  output?: number
  cacheRead?: number
  cacheWrite?: number
  /** Tokens. */
  contextWindow: number
  reasoning: boolean
  inputs: ('text' | 'image' | 'audio' | 'video')[]
}

export function readSampleModels(): SampleModel[] {
  const text = readFileSync(new URL('models.jsonl', import.meta.url), 'utf8')
  // The file is part of the project and checked by its test.
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SampleModel)
}
