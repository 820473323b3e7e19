/**
 * The labs, by models.dev's id: reviewed data. What is not a lab's own API does not stand under `providers`, however
 * many of its models are offered there. Labs that sell no API of their own are here where ids name them differently.
 */

export interface LabEntry {
  /** The values of the lab's own providers: the main API first, then its other regions and clouds, then its plans. */
  readonly providers?: readonly string[]
  /** What names the lab before "/", "." or "--" in an id, besides the lab's own id. In lower case. */
  readonly prefixes?: readonly string[]
  /** First words of the names of its models that no other lab uses for its own. In lower case. */
  readonly series?: readonly string[]
}

/**
 * A cloud is a lab's own where the lab's company runs it and sells the lab's models on it first hand, with support and
 * prices of its own: Gemini on Vertex, Nova on Bedrock, Doubao on Volcengine, Hunyuan on TokenHub, Granite on watsonx.
 * Azure is not: most of its models are other labs', its ids do not name the lab, and Microsoft's own are few. Plans
 * are a lab's own where the lab serves them itself: their models are the lab's, only billed differently.
 */
export const LABS: Readonly<Record<string, LabEntry>> = {
  ai21: { providers: ['ai21'], prefixes: ['ai21labs'], series: ['jamba'] },
  aisingapore: {},
  alibaba: {
    providers: [
      'alibaba',
      'alibaba-cn',
      'alibaba-token-plan',
      'alibaba-token-plan-cn',
      'alibaba-coding-plan',
      'alibaba-coding-plan-cn',
    ],
    prefixes: ['qwen', 'qwenlm', 'bailian'],
    series: ['qwen', 'qwq', 'qvq', 'tongyi', 'wan'],
  },
  amazon: { providers: ['nova', 'amazon-bedrock'], prefixes: ['aws'], series: ['nova', 'titan'] },
  anthropic: { providers: ['anthropic'], series: ['claude'] },
  'arcee-ai': { providers: ['arcee'], prefixes: ['arcee', 'arcee_ai'], series: ['trinity'] },
  'bytedance-seed': {
    providers: ['volcengine', 'volcengine-coding-plan'],
    prefixes: ['bytedance', 'volcengine', 'doubao', 'dola'],
    series: ['doubao', 'seed', 'seedream', 'seedance'],
  },
  cohere: { providers: ['cohere'], prefixes: ['coherelabs'], series: ['command', 'c4ai'] },
  deepreinforce: { prefixes: ['ornith-ai'], series: ['ornith'] },
  deepseek: { providers: ['deepseek'], prefixes: ['deepseek-ai'], series: ['deepseek'] },
  google: {
    providers: ['google', 'google-vertex'],
    prefixes: ['gemini', 'google-ai-studio', 'google-vertex', 'vertex'],
    series: ['gemini', 'gemma', 'veo', 'imagen', 'lyria'],
  },
  ibm: { providers: ['watsonx'], prefixes: ['ibm-granite'], series: ['granite'] },
  inception: { providers: ['inception'], series: ['mercury'] },
  inclusionai: { providers: ['bailing'], series: ['ling', 'ring'] },
  meituan: { providers: ['longcat'], prefixes: ['meituan-longcat'], series: ['longcat'] },
  meta: {
    providers: ['meta', 'llama'],
    prefixes: ['meta-llama', 'meta-models', 'facebook'],
    series: ['llama', 'muse'],
  },
  microsoft: { series: ['phi', 'mai'] },
  minimax: {
    providers: ['minimax', 'minimax-cn', 'minimax-coding-plan', 'minimax-cn-coding-plan'],
    prefixes: ['minimaxai'],
    series: ['minimax'],
  },
  mistral: {
    providers: ['mistral'],
    prefixes: ['mistralai'],
    series: ['mistral', 'mixtral', 'ministral', 'magistral', 'devstral', 'codestral', 'pixtral', 'voxtral'],
  },
  mixedbread: { prefixes: ['mixedbread-ai'] },
  moonshotai: {
    providers: ['moonshotai', 'moonshotai-cn', 'kimi-code-plan-global', 'kimi-code-plan-cn'],
    prefixes: ['moonshot', 'moonshot-ai', 'kimi'],
    series: ['kimi', 'moonshot'],
  },
  'motif-technologies': {},
  'nex-agi': {},
  nvidia: { providers: ['nvidia'], series: ['nemotron', 'cosmos'] },
  openai: { providers: ['openai'], series: ['gpt', 'chatgpt', 'o1', 'o3', 'o4', 'whisper'] },
  openbmb: { series: ['minicpm'] },
  // The agent API is Perplexity's own too; its ids name the lab of each model.
  perplexity: { providers: ['perplexity', 'perplexity-agent'], prefixes: ['perplexityai'], series: ['sonar'] },
  poolside: { providers: ['poolside'], series: ['laguna'] },
  quiverai: {},
  sakana: { providers: ['sakana'], prefixes: ['sakanaai'], series: ['fugu'] },
  sarvam: { providers: ['sarvam'], prefixes: ['sarvamai'] },
  sdaia: { series: ['allam'] },
  stepfun: {
    providers: ['stepfun', 'stepfun-ai', 'stepfun-step-plan', 'stepfun-ai-step-plan'],
    prefixes: ['stepfun-ai'],
    series: ['step'],
  },
  'swiss-ai': { prefixes: ['publicai'], series: ['apertus'] },
  tencent: {
    providers: ['tencent-tokenhub', 'tencent-token-plan', 'tencent-coding-plan'],
    prefixes: ['tencent-hunyuan'],
    series: ['hunyuan', 'hy3', 'hy4'],
  },
  thinkingmachines: { providers: ['thinkingmachines'], series: ['inkling'] },
  trendyol: {},
  unbiased: {},
  upstage: { providers: ['upstage'], series: ['solar'] },
  vivgrid: { providers: ['vivgrid'], series: ['viv'] },
  writer: { series: ['palmyra'] },
  xai: { providers: ['xai'], prefixes: ['x-ai', 'spacexai', 'grok'], series: ['grok'] },
  xiaomi: {
    providers: ['xiaomi', 'xiaomi-token-plan-sgp', 'xiaomi-token-plan-ams', 'xiaomi-token-plan-cn'],
    prefixes: ['xiaomimimo', 'xiaomi-mimo', 'mimo'],
    series: ['mimo'],
  },
  zhipuai: {
    providers: ['zhipuai', 'zai', 'zhipuai-coding-plan', 'zai-coding-plan'],
    prefixes: ['zai', 'z-ai', 'zai-org', 'thudm'],
    series: ['glm', 'chatglm', 'codegeex', 'cogview', 'cogvideox'],
  },
}
