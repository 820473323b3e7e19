/** Which providers a registry keeps, from the setting: "all", "a,b" keeps those, "-a" leaves one out. Pure. */
import { entriesOf } from './setting.ts'

export type ProviderFilter = (provider: string) => boolean

export function createProviderFilter(setting = ''): ProviderFilter {
  const entries = entriesOf(setting)
  const dropped = new Set(entries.filter(leavesOut).map(nameIn))
  const kept = new Set(entries.filter((entry) => !leavesOut(entry)))
  const keepsAll = kept.size === 0 || kept.has('all')
  return (provider) => !dropped.has(provider) && (keepsAll || kept.has(provider))
}

/** The providers that the setting names, to keep or to leave out. */
export function providersNamedIn(setting: string): string[] {
  const names = entriesOf(setting)
    .filter((entry) => entry !== 'all')
    .map(nameIn)
  return [...new Set(names)]
}

const leavesOut = (entry: string): boolean => entry.startsWith('-')
const nameIn = (entry: string): string => (leavesOut(entry) ? entry.slice(1).trim() : entry)
