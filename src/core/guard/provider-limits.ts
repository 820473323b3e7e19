/** The limits of one provider. A lab's own provider may have stricter ones. Pure. */
import { labOfProvider } from '../match/labs/labs.ts'
import type { CatalogueLimits, GuardLimits } from './guard-limits.ts'

export function limitsOfProvider(name: string, { provider, ownProvider = provider }: CatalogueLimits): GuardLimits {
  return labOfProvider(name) === undefined ? provider : ownProvider
}
