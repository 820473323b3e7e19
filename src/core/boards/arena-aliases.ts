/**
 * Names on the Arena text leaderboard whose spelling leads to no family or to the wrong one. A name may be listed
 * without its effort. All 389 names of 2026-08-12 were reviewed by hand against the catalogue of 2026-09-30. Uncertain
 * names are left out, including previews that may differ from the release.
 */

export const ARENA_ALIASES: Readonly<Record<string, string>> = {
  // The API still calls these models previews.
  'gemini-3-flash': 'google/gemini-3-flash-preview',
  'gemini-3-pro': 'google/gemini-3-pro-preview',
  'grok-4.20-beta-0309-reasoning': 'xai/grok-4.20-0309-reasoning',
  'grok-4.20-multi-agent-beta-0309': 'xai/grok-4.20-multi-agent-0309',
  // The first models with these names; newer models have the names now.
  mercury: 'none',
  'mistral-medium': 'none',
  // These names state the effort, or that reasoning is off, in words that no other name uses.
  'deepseek-v4-flash-high-preview': 'deepseek/deepseek-v4-flash',
  'deepseek-v4-pro-high-preview': 'deepseek/deepseek-v4-pro',
  'kimi-k2.5-instant': 'moonshotai/kimi-k2.5',
  // The ids contain a code instead of the version.
  'mistral-large-3': 'mistral/mistral-large-2512',
  'mistral-medium-3.5': 'mistral/mistral-medium-2604',
  // The names have the words of the id in another order, or fewer or more words.
  'amazon-nova-lite-v1.0': 'amazon/nova-lite',
  'amazon-nova-micro-v1.0': 'amazon/nova-micro',
  'amazon-nova-pro-v1.0': 'amazon/nova-pro',
  'hunyuan-hy3-preview': 'tencent/hy3-preview',
  'ibm-granite-h-small': 'ibm/granite-4-h-small',
  'llama-3.3-nemotron-49b-super-v1': 'nvidia/llama-3.3-nemotron-super-49b-v1',
  'mixtral-8x22b-instruct-v0.1': 'mistral/open-mixtral-8x22b',
  'mixtral-8x7b-instruct-v0.1': 'mistral/open-mixtral-8x7b',
  'nvidia-nemotron-3.5-lightning-30b-a3b-nvfp4': 'nvidia/nemotron-3.5-lightning',
  // The undated ids now mean one fixed snapshot.
  'gpt-3.5-turbo-0125': 'openai/gpt-3.5-turbo',
  'gpt-4-0613': 'openai/gpt-4',
}
