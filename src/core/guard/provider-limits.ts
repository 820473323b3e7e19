/** The limits of one provider: a lab's own may have stricter ones. Pure. */
import { labOfProvider } from '../match/labs/labs.ts'
import type { CatalogueLimits, GuardLimits } from './guard-limits.ts'

export function limitsOfProvider(name: string, { provider, ownProvider = provider }: CatalogueLimits): GuardLimits {
  return labOfProvider(name) === undefined ? provider : ownProvider
}
