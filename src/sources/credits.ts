/**
 * Decides whom a catalogue credits: every source that it is built from, unless a reading names whom to credit instead.
 */
import type { Attribution } from '../core/schema/history.ts'
import type { Source, SourceReading } from './source.ts'

export interface UsedSource {
  source: Pick<Source, 'attribution'>
  readings: readonly SourceReading[]
}

export function creditsOf(used: readonly UsedSource[]): Attribution[] {
  const credits = used.flatMap(({ source, readings }) => {
    const own = readings.flatMap(({ attribution }) => attribution ?? [])
    return own.length > 0 ? own : [source.attribution]
  })
  return [...new Map(credits.map((credit) => [credit.url, credit])).values()]
}
