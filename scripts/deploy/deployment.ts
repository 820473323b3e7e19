/** Reads wrangler's report of a deployment: a file with one JSON object per line. */
import * as z from 'zod'
import { parseJson } from '../../src/cli/shared/files.ts'

const Entry = z.object({
  type: z.literal('deploy'),
  worker_name: z.string().nullish(),
  targets: z.array(z.string()).nullish(),
})

export interface Deployment {
  name?: string
  /** The first URL of the Worker, without a path. */
  url?: string
}

export function readDeployment(report: string): Deployment {
  const entries = report.split('\n').flatMap((line) => Entry.safeParse(parseJson(line)).data ?? [])
  const deployed = entries.at(-1)
  const url = deployed?.targets?.flatMap(addressesOf).at(0)
  return { ...(deployed?.worker_name && { name: deployed.worker_name }), ...(url && { url }) }
}

/** A target can be a URL, a domain with a remark, a route pattern, or a cron. */
function addressesOf(target: string): string[] {
  const [, host, remark] = /^(?:https?:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)\/?(?: (.*))?$/i.exec(target) ?? []
  return host === undefined || (remark !== undefined && !remark.includes('custom domain')) ? [] : [`https://${host}`]
}
