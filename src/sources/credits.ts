/** Whom a catalogue credits: every source that it is made of, or whom a stand-in names in the place of one. */
import type { Attribution } from '../core/schema/history.ts'
import type { Source, SourceReading } from './source.ts'

export function creditsOf(
  sources: readonly Pick<Source, 'name' | 'attribution'>[],
  readings: readonly SourceReading[],
): Attribution[] {
  const standIns = readings.flatMap(({ attribution }) => attribution ?? [])
  const credits = sources.flatMap(({ name, attribution }) =>
    name === 'artificial-analysis' && standIns.length > 0 ? standIns : [attribution],
  )
  return [...new Map(credits.map((credit) => [credit.url, credit])).values()]
}
