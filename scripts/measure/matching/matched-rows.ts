/** Rows of Artificial Analysis with what they are matched with, and the facts of the Pro tier that check the match. */
import * as z from 'zod'
import { CommandError } from '../../../src/cli/shared/command.ts'
import type { Statement } from '../../../src/core/build/statement.ts'
import { familyOf } from '../../../src/core/match/family.ts'
import { createMatcher, type MatchOutcome } from '../../../src/core/match/match.ts'
import { readPull } from '../../../src/sources/artificial-analysis/read-pull.ts'
import { MODELS_DEV_ALIASES } from '../../../src/sources/models-dev/aliases.ts'
import { readModelsDev } from '../../../src/sources/models-dev/read-catalogue.ts'

const Answer = z.boolean().nullish()
const Kinds = z.looseObject({ text: Answer, image: Answer, video: Answer, speech: Answer }).nullish()
const ProFacts = z.looseObject({
  id: z.string(),
  reasoning_model: Answer,
  context_window_tokens: z.number().nullish(),
  modalities: z.looseObject({ input: Kinds, output: Kinds }).nullish(),
  openrouter_api_id: z.string().nullish(),
})
export type ProFacts = z.infer<typeof ProFacts>
const RecordedPull = z.object({ pages: z.array(z.looseObject({ data: z.array(ProFacts) })) })

export interface MatchedRow {
  row: Statement
  provider: string
  family: string
  facts: ProFacts
  outcome: MatchOutcome
}

export function matchRows(recorded: unknown, modelsDev: unknown): MatchedRow[] {
  const parsed = RecordedPull.safeParse(recorded)
  if (!parsed.success) throw new CommandError('Cannot measure: the first file is not a recorded Pro pull')
  const { pages } = parsed.data
  const pull = readPull(pages)
  if (!pull.ok) throw new CommandError(pull.failure.detail)
  const enrichment = readModelsDev(modelsDev)
  if (!enrichment.ok) throw new CommandError(enrichment.failure.detail)
  const facts = new Map(pages.flatMap(({ data }) => data).map((row) => [row.id, row]))
  const match = createMatcher(enrichment.value.statements, MODELS_DEV_ALIASES)
  return pull.value.statements
    .map((row) => {
      const provider = row.provider ?? 'unknown'
      const family = `${provider}/${familyOf(row.name, row.value)}`
      return { row, provider, family, facts: facts.get(row.id) ?? { id: row.id }, outcome: match(row, provider) }
    })
    .sort((a, b) => (`${a.provider}/${a.row.value}` < `${b.provider}/${b.row.value}` ? -1 : 1))
}
