/**
 * Reviewed data: the labs, by models.dev id. A provider is listed for a lab only if it is the lab's own API, however
 * many of the lab's models others offer. Labs without an API of their own are listed if ids name them differently.
 */

/**
 * The values of each lab's own providers: the main API first, then its other regions and clouds, then its plans.
 *
 * A cloud counts as a lab's own if the lab's company runs it and sells the lab's models there directly, with its own
 * support and prices: Gemini on Vertex, Nova on Bedrock, Doubao on Volcengine, Hunyuan on TokenHub, Granite on watsonx.
 * Azure does not count: most of its models are other labs', its ids do not name the lab, and few are Microsoft's own.
 * A plan counts if the lab serves it itself: the models are the same, only billed differently.
 */
export const OWN_PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  ai21: ['ai21'],
  alibaba: [
    'alibaba',
    'alibaba-cn',
    'alibaba-token-plan',
    'alibaba-token-plan-cn',
    'alibaba-coding-plan',
    'alibaba-coding-plan-cn',
  ],
  amazon: ['nova', 'amazon-bedrock'],
  anthropic: ['anthropic'],
  'arcee-ai': ['arcee'],
  'bytedance-seed': ['volcengine', 'volcengine-coding-plan'],
  cohere: ['cohere'],
  deepseek: ['deepseek'],
  google: ['google', 'google-vertex'],
  ibm: ['watsonx'],
  inception: ['inception'],
  inclusionai: ['bailing'],
  meituan: ['longcat'],
  meta: ['meta', 'llama'],
  minimax: ['minimax', 'minimax-cn', 'minimax-coding-plan', 'minimax-cn-coding-plan'],
  mistral: ['mistral'],
  moonshotai: ['moonshotai', 'moonshotai-cn', 'kimi-code-plan-global', 'kimi-code-plan-cn'],
  nvidia: ['nvidia'],
  openai: ['openai'],
  // The agent API is Perplexity's own too; its ids name the lab of each model.
  perplexity: ['perplexity', 'perplexity-agent'],
  poolside: ['poolside'],
  sakana: ['sakana'],
  sarvam: ['sarvam'],
  stepfun: ['stepfun', 'stepfun-ai', 'stepfun-step-plan', 'stepfun-ai-step-plan'],
  tencent: ['tencent-tokenhub', 'tencent-token-plan', 'tencent-coding-plan'],
  thinkingmachines: ['thinkingmachines'],
  upstage: ['upstage'],
  vivgrid: ['vivgrid'],
  xai: ['xai'],
  xiaomi: ['xiaomi', 'xiaomi-token-plan-sgp', 'xiaomi-token-plan-ams', 'xiaomi-token-plan-cn'],
  zhipuai: ['zhipuai', 'zai', 'zhipuai-coding-plan', 'zai-coding-plan'],
}

export interface LabEntry {
  /** Names of the lab before "/", "." or "--" in an id, in addition to the lab's id. In lower case. */
  readonly prefixes?: readonly string[]
  /** First words of its model names that no other lab uses. In lower case. */
  readonly series?: readonly string[]
}

export const LABS: Readonly<Record<string, LabEntry>> = {
  ai21: { prefixes: ['ai21labs'], series: ['jamba'] },
  aisingapore: {},
  alibaba: { prefixes: ['qwen', 'qwenlm', 'bailian'], series: ['qwen', 'qwq', 'qvq', 'tongyi', 'wan'] },
  amazon: { prefixes: ['aws'], series: ['nova', 'titan'] },
  anthropic: { series: ['claude'] },
  'arcee-ai': { prefixes: ['arcee', 'arcee_ai'], series: ['trinity'] },
  'bytedance-seed': {
    prefixes: ['bytedance', 'volcengine', 'doubao', 'dola'],
    series: ['doubao', 'seed', 'seedream', 'seedance'],
  },
  cohere: { prefixes: ['coherelabs'], series: ['command', 'c4ai'] },
  deepreinforce: { prefixes: ['ornith-ai'], series: ['ornith'] },
  deepseek: { prefixes: ['deepseek-ai'], series: ['deepseek'] },
  google: {
    prefixes: ['gemini', 'google-ai-studio', 'google-vertex', 'vertex'],
    series: ['gemini', 'gemma', 'veo', 'imagen', 'lyria'],
  },
  ibm: { prefixes: ['ibm-granite'], series: ['granite'] },
  inception: { series: ['mercury'] },
  inclusionai: { series: ['ling', 'ring'] },
  meituan: { prefixes: ['meituan-longcat'], series: ['longcat'] },
  meta: { prefixes: ['meta-llama', 'meta-models', 'facebook'], series: ['llama', 'muse'] },
  microsoft: { series: ['phi', 'mai'] },
  minimax: { prefixes: ['minimaxai'], series: ['minimax'] },
  mistral: {
    prefixes: ['mistralai'],
    series: ['mistral', 'mixtral', 'ministral', 'magistral', 'devstral', 'codestral', 'pixtral', 'voxtral'],
  },
  mixedbread: { prefixes: ['mixedbread-ai'] },
  moonshotai: { prefixes: ['moonshot', 'moonshot-ai', 'kimi'], series: ['kimi', 'moonshot'] },
  'motif-technologies': {},
  'nex-agi': {},
  nvidia: { series: ['nemotron', 'cosmos'] },
  openai: { series: ['gpt', 'chatgpt', 'o1', 'o3', 'o4', 'whisper'] },
  openbmb: { series: ['minicpm'] },
  perplexity: { prefixes: ['perplexityai'], series: ['sonar'] },
  poolside: { series: ['laguna'] },
  quiverai: {},
  sakana: { prefixes: ['sakanaai'], series: ['fugu'] },
  sarvam: { prefixes: ['sarvamai'] },
  sdaia: { series: ['allam'] },
  stepfun: { prefixes: ['stepfun-ai'], series: ['step'] },
  'swiss-ai': { prefixes: ['publicai'], series: ['apertus'] },
  tencent: { prefixes: ['tencent-hunyuan'], series: ['hunyuan', 'hy3', 'hy4'] },
  thinkingmachines: { series: ['inkling'] },
  trendyol: {},
  unbiased: {},
  upstage: { series: ['solar'] },
  vivgrid: { series: ['viv'] },
  writer: { series: ['palmyra'] },
  xai: { prefixes: ['x-ai', 'spacexai', 'grok'], series: ['grok'] },
  xiaomi: { prefixes: ['xiaomimimo', 'xiaomi-mimo', 'mimo'], series: ['mimo'] },
  zhipuai: {
    prefixes: ['zai', 'z-ai', 'zai-org', 'thudm'],
    series: ['glm', 'chatglm', 'codegeex', 'cogview', 'cogvideox'],
  },
}
