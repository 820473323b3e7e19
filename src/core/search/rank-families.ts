/**
 * Orders models so that the first match of each family is the one to show. Models of a family are adjacent: first its
 * head at the lab's own providers, then its heads at other providers, cheapest first, then the rest, best first. Pure;
 * the order of the input does not matter.
 */

import { groupBy } from '../group-by.ts'
import { compareText } from '../json/canonical.ts'
import { headOf } from '../match/head.ts'
import { ownProvidersOf } from '../match/labs/labs.ts'
import type { Model } from '../schema/model.ts'
import { candidateOf, compareVariants } from './collapse.ts'
import { compareOffers } from './offers.ts'

export function rankFamilies(models: readonly Model[]): Model[] {
  const families = [...groupBy(models, ({ family }) => family)]
  return families.sort(([a], [b]) => compareText(a, b)).flatMap(([family, members]) => rankMembers(family, members))
}

function rankMembers(family: string, members: Model[]): Model[] {
  if (members.length === 1) return members
  const heads = [...groupBy(members, ({ provider }) => provider).values()].flatMap(
    (own) => headOf(family, own.map(candidateOf))?.model ?? [],
  )
  const own = ownProvidersOf(members.find(({ lab }) => lab !== undefined)?.lab ?? '')
  const placeOf = ({ provider }: Model): number => {
    const place = own.indexOf(provider)
    return place < 0 ? own.length : place
  }
  const isHead = new Set(heads)
  const others = members
    .filter((model) => !isHead.has(model))
    .sort((a, b) => compareVariants(a, b) || compareOffers(a, b))
  return [...heads.sort((a, b) => placeOf(a) - placeOf(b) || compareOffers(a, b)), ...others]
}
