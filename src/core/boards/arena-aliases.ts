/**
 * Names of the Arena text leaderboard that their spelling does not lead to the family, or leads to a wrong one; a name may
 * stand without its effort. Reviewed by hand: all 389 names of 2026-08-12 against the catalogue of 2026-09-30. What is not
 * certain is not here, previews that may differ from the release among it.
 */

export const ARENA_ALIASES: Readonly<Record<string, string>> = {
  // The API calls them previews.
  'gemini-3-flash': 'google/gemini-3-flash-preview',
  'gemini-3-pro': 'google/gemini-3-pro-preview',
  'grok-4.20-beta-0309-reasoning': 'xai/grok-4.20-0309-reasoning',
  'grok-4.20-multi-agent-beta-0309': 'xai/grok-4.20-multi-agent-0309',
  // The first models under names that others have by now.
  mercury: 'none',
  'mistral-medium': 'none',
  // An effort, and reasoning switched off, in words that other names do not use.
  'deepseek-v4-flash-high-preview': 'deepseek/deepseek-v4-flash',
  'deepseek-v4-pro-high-preview': 'deepseek/deepseek-v4-pro',
  'kimi-k2.5-instant': 'moonshotai/kimi-k2.5',
  // Ids carry a code instead of the version.
  'mistral-large-3': 'mistral/mistral-large-2512',
  'mistral-medium-3.5': 'mistral/mistral-medium-2604',
  // The words of the id in another order, or fewer of them.
  'amazon-nova-lite-v1.0': 'amazon/nova-lite',
  'amazon-nova-micro-v1.0': 'amazon/nova-micro',
  'amazon-nova-pro-v1.0': 'amazon/nova-pro',
  'hunyuan-hy3-preview': 'tencent/hy3-preview',
  'ibm-granite-h-small': 'ibm/granite-4-h-small',
  'llama-3.3-nemotron-49b-super-v1': 'nvidia/llama-3.3-nemotron-super-49b-v1',
  'mixtral-8x22b-instruct-v0.1': 'mistral/open-mixtral-8x22b',
  'mixtral-8x7b-instruct-v0.1': 'mistral/open-mixtral-8x7b',
  'nvidia-nemotron-3.5-lightning-30b-a3b-nvfp4': 'nvidia/nemotron-3.5-lightning',
  // The ids without a date mean one snapshot by now.
  'gpt-3.5-turbo-0125': 'openai/gpt-3.5-turbo',
  'gpt-4-0613': 'openai/gpt-4',
}
