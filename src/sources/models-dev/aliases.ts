/**
 * "provider/slug" or "provider/family" -> the row of models.dev that is the same model, where the names do not say so.
 * Each was verified by its release date and price; a contradiction that comes up later undoes it.
 */
export const MODELS_DEV_ALIASES: ReadonlyMap<string, string> = new Map([
  // The only Gemini 2.0 Flash that the API ever served under this id; models.dev dates it by its preview.
  ['google/gemini-2-0-flash', 'models.dev:google/gemini-2.0-flash'],
  // Llama 3.3 is what it was made from.
  ['nvidia/llama-nemotron-super-49b-v1-5', 'models.dev:openrouter/nvidia/llama-3.3-nemotron-super-49b-v1.5'],
  // The model of ChatGPT is called "chat" in APIs. Not the row of OpenAI's own, which has the facts of GPT-5.
  ['openai/gpt-5-chatgpt', 'models.dev:openrouter/openai/gpt-5-chat'],
  // It always reasons, so only one source says that it does.
  ['xai/grok-3-mini-reasoning', 'models.dev:poe/xai/grok-3-mini'],
])
