/** The baseline Workers that the registry is compared with, in the same workerd. */
import { PARSER } from '../commit/measure-commits.ts'
import type { Neighbour } from '../workerd/workerd-config.ts'

const script = (name: string): URL => new URL(`workers/${name}-worker.js`, import.meta.url)

export const NEIGHBOURS: Neighbour[] = [
  { name: 'hello', script: script('hello') },
  { name: 'bytes', script: script('bytes') },
  { name: 'answers', script: script('answers') },
  { name: 'joined', script: script('joined') },
  { name: 'object', script: script('object'), hasObject: 'in memory' },
  { name: 'object-probe', script: new URL('../workerd/probe-worker.js', import.meta.url), objectOf: 'object' },
  { name: 'kv-http', script: script('kv-http') },
  PARSER,
]
