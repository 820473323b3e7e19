/**
 * Names in the Epoch Capabilities Index whose spelling or release date leads to no family or to the wrong one. All 222
 * names of 2026-08-11 were reviewed by hand against the catalogue of 2026-09-30. Uncertain names are left out: those
 * that may mean a base model, and old ones that a family's moving id no longer serves.
 */

export const EPOCH_ALIASES: Readonly<Record<string, string>> = {
  // The API still calls these models previews, and their release dates are those of the previews.
  'Gemini 3 Flash': 'google/gemini-3-flash-preview',
  'Gemini 3 Pro': 'google/gemini-3-pro-preview',
  'Gemini 3.1 Flash-Lite': 'google/gemini-3.1-flash-lite-preview',
  'Gemini 3.1 Pro': 'google/gemini-3.1-pro-preview',
  // The name is that of the release, but the date is that of the preview: it is unknown which one was measured.
  'Qwen 3.8 Max': 'none',
  'Qwen3-Max': 'none',
  // These previews are not the release that the family stands for.
  'Gemini 2.5 Flash (Apr 2025)': 'none',
  'Gemini 2.5 Flash (May 2025)': 'none',
  'Gemini 2.5 Flash (Sep 2025)': 'google/gemini-2.5-flash-preview-09-2025',
  'Gemini 2.5 Pro (Mar 2025)': 'none',
  'Gemini 2.5 Pro (May 2025)': 'none',
  // Dated by their announcement, months before they were in the API.
  o3: 'openai/o3',
  'o3-mini': 'openai/o3-mini',
  // The beta became the only snapshot in the API; its best setting reasons.
  'Grok 4.20': 'xai/grok-4.20-0309-reasoning',
  'Grok 4.3 Beta': 'xai/grok-4.3',
  // models.dev dates 1.1 by the first Muse Spark, which no API offers.
  'Muse Spark': 'none',
  'Muse Spark 1.1': 'meta/muse-spark-1.1',
  'Qwen 3.5 Flash (hosted 35B-A3B)': 'alibaba/qwen3.5-flash',
  'Qwen 3.5 Plus (hosted 397B-A17B)': 'alibaba/qwen3.5-plus',
  'Qwen3-235B-A22B-Instruct (Jul 2025)': 'alibaba/qwen3-235b-a22b-instruct-2507',
  'Qwen3-235B-A22B-Thinking (Jul 2025)': 'alibaba/qwen3-235b-a22b-thinking-2507',
  // The ids contain a code instead of the version or the month.
  'DeepSeek-R1 (May 2025)': 'deepseek/deepseek-r1-0528',
  'DeepSeek-V3 (Mar 2025)': 'deepseek/deepseek-v3-0324',
  'Magistral Small 1.0': 'mistral/magistral-small-2506',
  'Mistral Large': 'none',
  'Mistral Large 2 (Jul 2024)': 'mistral/mistral-large-2407',
  'Mistral Large 2 (Nov 2024)': 'mistral/mistral-large-2411',
  'Mistral Medium 3': 'mistral/mistral-medium-2505',
  'Mistral Medium 3.5': 'mistral/mistral-medium-2604',
  'Mistral Small 3.1': 'mistral/mistral-small-3-1-24b-instruct-2503',
  // The ids contain sizes.
  'Llama 3.3 70B': 'meta/llama-3.3-70b-instruct',
  'Llama 4 Maverick': 'meta/llama-4-maverick-17b-instruct',
  'Llama 4 Scout': 'meta/llama-4-scout-17b-instruct',
  'Nemotron 3 Ultra': 'nvidia/nemotron-3-ultra-550b-a55b',
  // The undated ids now mean one fixed snapshot.
  'GPT-3.5 Turbo (Jan 2024)': 'openai/gpt-3.5-turbo',
  'GPT-3.5 Turbo (Jun 2023)': 'none',
  'GPT-3.5 Turbo (Nov 2023)': 'none',
  'GPT-4 (Jun 2023)': 'openai/gpt-4',
  'GPT-4 (Mar 2023)': 'none',
  'GPT-4 Turbo (Apr 2024)': 'openai/gpt-4-turbo',
  'GPT-4 Turbo (Nov 2023)': 'none',
}
