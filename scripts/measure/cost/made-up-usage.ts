/** Usage as three APIs return it, of made-up models over the days of a made-up history. The same in every run. */
import type { Chance } from '../shared/seeded-chance.ts'

/** One line of JSON. */
export function madeUpUsage(
  number: number,
  models: readonly string[],
  times: readonly string[],
  chance: Chance,
): string {
  const [provider, ...path] = (models[chance.below(models.length)] ?? '').split('/')
  const at = times[chance.below(times.length)]
  return JSON.stringify({ id: `request-${number}`, at, provider, model: path.join('/'), usage: usageOf(chance) })
}

function usageOf(chance: Chance): object {
  const input = chance.below(20_000)
  const output = chance.below(4000)
  const cached = chance.below(input + 1)
  switch (chance.below(3)) {
    case 0:
      return { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: { cached_tokens: cached } }
    case 1:
      return { input_tokens: input, output_tokens: output, input_tokens_details: { cached_tokens: cached } }
    default:
      return { input_tokens: input - cached, cache_read_input_tokens: cached, output_tokens: output }
  }
}
