/** Which providers a registry keeps, from the setting: "all", "a,b" keeps those, "-a" leaves one out. Pure. */

export type ProviderFilter = (provider: string) => boolean

export function createProviderFilter(setting: string | undefined): ProviderFilter {
  const entries = (setting ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const dropped = new Set(entries.filter((entry) => entry.startsWith('-')).map((entry) => entry.slice(1).trim()))
  const kept = new Set(entries.filter((entry) => !entry.startsWith('-')))
  const keepsAll = kept.size === 0 || kept.has('all')
  return (provider) => !dropped.has(provider) && (keepsAll || kept.has(provider))
}
