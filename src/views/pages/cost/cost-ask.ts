/** What is asked of the calculator, and usage to try it with, as the APIs return it. */

/** What is asked about one request, as the form sends it. */
export interface CostAsk {
  model?: string | undefined
  usage?: string | undefined
  mode?: string | undefined
  /** When the request began. */
  when?: string | undefined
}

const json = (usage: object): string => JSON.stringify(usage, null, 1)

export const EXAMPLES: readonly (CostAsk & { name: string })[] = [
  {
    name: 'OpenAI, most of the prompt cached',
    model: 'openai/gpt-4o',
    usage: json({
      prompt_tokens: 12_000,
      completion_tokens: 800,
      prompt_tokens_details: { cached_tokens: 10_240 },
      completion_tokens_details: { reasoning_tokens: 0 },
    }),
  },
  {
    name: 'Anthropic, a cache written and read',
    model: 'anthropic/claude-sonnet-4-5',
    usage: json({
      input_tokens: 1200,
      cache_creation_input_tokens: 8000,
      cache_read_input_tokens: 24_000,
      output_tokens: 950,
    }),
  },
  {
    name: 'Gemini, a prompt above a price tier',
    model: 'google/gemini-2.5-pro',
    usage: json({
      promptTokenCount: 300_000,
      candidatesTokenCount: 1500,
      thoughtsTokenCount: 500,
      totalTokenCount: 302_000,
    }),
  },
]
