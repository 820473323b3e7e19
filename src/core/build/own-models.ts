/** A source that lists every host as the only source: the language models that each provider serves by itself. */
import type { SourcePull } from './statement.ts'

/** Of several APIs of a provider's own, the first. */
export function ownModelsOf(pull: SourcePull): SourcePull {
  const first = new Map<string | undefined, string | undefined>()
  const own = pull.statements.filter(({ firstParty }) => firstParty)
  for (const { provider, creator } of own) if (!first.has(provider)) first.set(provider, creator?.id)
  const statements = own.filter(
    ({ provider, creator, facts }) => creator?.id === first.get(provider) && facts.capabilities?.text !== false,
  )
  return { ...pull, statements }
}
