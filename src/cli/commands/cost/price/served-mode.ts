/** The mode of a model by the way that a request was served: by its name, or by what it says to send to be served so. */
import type { PriceMode } from '../../../../core/schema/pricing.ts'

export function servedMode(modes: Record<string, PriceMode>, served: string): string | undefined {
  if (Object.hasOwn(modes, served)) return served
  const wanted = served.toLowerCase()
  const isSent = ({ request }: PriceMode) =>
    Object.values({ ...request?.body, ...request?.headers }).some(
      (value) => typeof value === 'string' && value.toLowerCase() === wanted,
    )
  return Object.keys(modes).find((name) => name.toLowerCase() === wanted || isSent(modes[name] ?? {}))
}
