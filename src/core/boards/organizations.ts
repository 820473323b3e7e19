/** Reviewed data: the lab that a board means by the name of an organisation. An unknown organisation has no lab. */
import { labOfPrefix } from '../match/labs/labs.ts'
import { normalFormOf } from '../match/spelling.ts'

/** By the normal form of the name, for names that are neither a lab's id nor one of its prefixes. */
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

/** The first organisation in the list ("Google DeepMind,Google") that is a lab. */
export function labOfOrganization(organization: string): string | undefined {
  for (const name of organization.split(',')) {
    const key = normalFormOf(name)
    const lab = LABS[key] ?? labOfPrefix(key)
    if (lab !== undefined) return lab
  }
  return undefined
}
