/**
 * A second, slow implementation of the search in the contract, without any code under test: filters are a list of
 * refusals, and a model's place is the number of models before it.
 */
import type { Model } from '../../../src/core/schema/model.ts'
import type { Found, ModelFilter } from '../../../src/core/search/search.ts'

export function naiveSearch(models: Model[], filter: ModelFilter): Found {
  const matching = models.filter((model) => !refusalsOf(model, filter).some(Boolean))
  const listed = filter.collapse ? collapse(matching) : matching
  const ordered: Model[] = []
  for (const model of listed) {
    const place = listed.filter((other) => comesBefore(other, model, filter.sort)).length
    ordered[filter.sort === undefined ? ordered.length : place] = model
  }
  const { offset = 0, limit = ordered.length } = filter
  return { models: ordered.filter((_, place) => place >= offset && place < offset + limit), total: listed.length }
}

/** The best model of each family, with all models of the family in order. */
function collapse(models: Model[]): Model[] {
  return models.flatMap((model) => {
    const family = models.filter(({ provider, family }) => provider === model.provider && family === model.family)
    const rank = (one: Model): number => family.filter((other) => beats(other, one)).length
    const variants = family.toSorted((a, b) => rank(a) - rank(b)).map(variantOf)
    return rank(model) === 0 ? [{ ...model, variants }] : []
  })
}

function beats(one: Model, other: Model): boolean {
  const index = (model: Model): number => model.metrics?.intelligenceIndex ?? -Infinity
  if (index(one) !== index(other)) return index(one) > index(other)
  if (one.iq !== other.iq) return (one.iq ?? -1) > (other.iq ?? -1)
  if ((one.effort === 'none') !== (other.effort === 'none')) return other.effort === 'none'
  return one.value < other.value
}

const variantOf = ({ value, effort, iq, speed, pricing }: Model): object => ({ value, effort, iq, speed, pricing })

function refusalsOf(model: Model, filter: ModelFilter): boolean[] {
  const { q, name, provider, lab, family, type, firstParty, status, capability, minIq, minSpeed, minContextWindow } =
    filter
  const { maxInputPrice, maxOutputPrice, releaseDateFrom, releaseDateTo } = filter
  const texts = `${model.name}\n${model.value}\n${model.alias}\n${model.sdk?.model}`.toLowerCase()
  const words = (q ?? '').split(' ').filter((word) => word !== '')
  const facts = [model.name, model.value, model.provider, model.lab, model.family, model.sdk?.model]
  const occurs = (word: string): boolean => facts.some((fact) => fact?.toLowerCase().includes(word.toLowerCase()))
  const less = (fact: number | undefined, bound: number): boolean => !(Number(fact) >= bound)
  const more = (fact: number | undefined, bound: number): boolean => !(Number(fact) <= bound)
  const day = (date: string | undefined): number => (date === undefined ? Number.NaN : Date.parse(date))
  return [
    !words.every(occurs),
    lab !== undefined && !lab.some((one) => one === model.lab),
    family !== undefined && !family.some((one) => one === model.family),
    type !== undefined && !type.some((one) => one === model.type),
    firstParty !== undefined && firstParty !== Boolean(model.firstParty),
    name !== undefined && !texts.includes(name.toLowerCase()),
    provider !== undefined && !new Set(provider).has(model.provider),
    status !== undefined && !new Set(status).has(model.status),
    ...(capability ?? []).map((wanted) => !model.capabilities?.[wanted]),
    minIq !== undefined && less(model.iq, minIq),
    minSpeed !== undefined && less(model.speed, minSpeed),
    minContextWindow !== undefined && less(model.metrics?.contextWindow, minContextWindow),
    maxInputPrice !== undefined && more(model.pricing?.input, maxInputPrice),
    maxOutputPrice !== undefined && more(model.pricing?.output, maxOutputPrice),
    releaseDateFrom !== undefined && less(day(model.releaseDate), day(releaseDateFrom)),
    releaseDateTo !== undefined && more(day(model.releaseDate), day(releaseDateTo)),
    filter.openWeights !== undefined && String(filter.openWeights) !== String(model.openWeights),
  ]
}

type Fact = string | number | undefined

function comesBefore(one: Model, other: Model, sort: ModelFilter['sort'] = 'name'): boolean {
  const descends = sort[0] === '-'
  const facts: Record<string, (model: Model) => Fact[]> = {
    iq: ({ metrics, iq }) => [metrics?.intelligenceIndex, iq],
    speed: ({ speed }) => [speed],
    price: ({ pricing }) => [pricing?.blended],
    contextWindow: ({ metrics }) => [metrics?.contextWindow],
    releaseDate: ({ releaseDate }) => [releaseDate],
    name: ({ name }) => [name.toLowerCase()],
  }
  const factsOf = (model: Model): Fact[] => facts[sort.replace('-', '')]?.(model) ?? []
  for (const [index, mine] of factsOf(one).entries()) {
    const its = factsOf(other)[index]
    if (mine === its) continue
    if (mine === undefined || its === undefined) return its === undefined
    return mine < its !== descends
  }
  return one.provider === other.provider ? one.value < other.value : one.provider < other.provider
}
