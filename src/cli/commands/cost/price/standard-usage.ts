/** Usage without the fields that state how it was served: another model has other modes. */

const WAYS = ['service_tier', 'serviceTier', 'speed', 'trafficType']

export function standardUsage(usage: object): object {
  const entries = Object.entries(usage).filter(([key]) => !WAYS.includes(key))
  return Object.fromEntries(
    entries.map(([key, value]) => (key === 'raw' && isObject(value) ? [key, standardUsage(value)] : [key, value])),
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
