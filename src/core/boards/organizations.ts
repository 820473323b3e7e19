/** The lab that a board's name of an organisation means: reviewed data. An unknown organisation is not a lab. */
import { labOfPrefix } from '../match/labs/labs.ts'
import { normalFormOf } from '../match/spelling.ts'

/** By normal form, where it is not a lab's id or one of its prefixes. */
const LABS: Readonly<Record<string, string>> = {
  'ai21-labs': 'ai21',
  'ant-group': 'inclusionai',
  'arcee-ai': 'arcee-ai',
  'deepseek-ai': 'deepseek',
  'google-deepmind': 'google',
  'inception-ai': 'inception',
  'inception-labs': 'inception',
  'meta-ai': 'meta',
  'microsoft-ai': 'microsoft',
  'microsoft-research': 'microsoft',
  'mistral-ai': 'mistral',
  'moonshot-ai': 'moonshotai',
  'sarvam-ai': 'sarvam',
  'thinking-machines': 'thinkingmachines',
  'thinking-machines-lab': 'thinkingmachines',
  'upstage-ai': 'upstage',
  'z-ai': 'zhipuai',
  'z-ai-zhipu-ai': 'zhipuai',
  zhipu: 'zhipuai',
  'zhipu-ai': 'zhipuai',
}

/** Of several organisations ("Google DeepMind,Google") the first that is a lab. */
export function labOfOrganization(organization: string): string | undefined {
  for (const name of organization.split(',')) {
    const key = normalFormOf(name)
    const lab = LABS[key] ?? labOfPrefix(key)
    if (lab !== undefined) return lab
  }
  return undefined
}
