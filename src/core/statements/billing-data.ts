/**
 * Reviewed data: providers whose price of 0 is reliable, and those that are paid by subscription although their names
 * do not state it. Checked by hand against every row at 0/0 in models.dev, 2025-06 to 2026-09. A provider in neither
 * list charges by token or by another unit (a song, a second), passes on another's bill, or could not be determined:
 * its price of 0 is dropped.
 */

/** Providers that charge nothing for any row that they list at 0. */
export const FREE_PROVIDERS: ReadonlySet<string> = new Set([
  // Runtimes on the user's own machine.
  'atomic-chat',
  'lmstudio',
  'ollama-local',
  'qvac',
  // Free of charge within rate limits.
  'github-models',
  'iflowcn',
  'llama',
  'modelscope',
  'nova',
  'nvidia',
])

/** Free rows of providers that charge for other rows, as "provider/id". */
export const FREE_ROWS: ReadonlySet<string> = new Set([
  'alibaba-cn/deepseek-r1-distill-llama-8b',
  'alibaba-cn/deepseek-r1-distill-qwen-1-5b',
  'google/gemma-3-12b-it',
  'google/gemma-3-27b-it',
  'google/gemma-3-4b-it',
  'google/gemma-3n-e2b-it',
  'google/gemma-3n-e4b-it',
  'kilo/stealth/space-bunny-alpha',
  'mistral/devstral-2512',
  'mistral/labs-devstral-small-2512',
  'opencode/big-pickle',
  'opencode/code-supernova',
  'opencode/grok-code',
  'opencode/sonic',
  'openrouter/stealth/space-bunny-alpha',
  'ovhcloud/qwen3guard-gen-0.6b',
  'ovhcloud/qwen3guard-gen-8b',
  'siliconflow-cn/PaddlePaddle/PaddleOCR-VL',
  'siliconflow-cn/PaddlePaddle/PaddleOCR-VL-1.5',
  'siliconflow-cn/Qwen/Qwen3.5-4B',
  'siliconflow-cn/deepseek-ai/DeepSeek-OCR',
  'siliconflow-cn/tencent/Hunyuan-MT-7B',
  'siliconflow/tencent/Hunyuan-MT-7B',
  'zai/glm-4.5-flash',
  'zai/glm-4.6v-flash',
  'zai/glm-4.7-flash',
  'zhipuai/glm-4.5-flash',
  'zhipuai/glm-4.6v-flash',
  'zhipuai/glm-4.7-flash',
])

/** Providers whose calls are included in a subscription, although no name contains "plan". */
export const PLAN_PROVIDERS: ReadonlySet<string> = new Set([
  'firepass',
  'github-copilot',
  'gitlab',
  'kimi-for-coding',
  'kiro',
  'standardcompute',
])
