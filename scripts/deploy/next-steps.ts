/** The next steps after a deployment, as commands that can be run as they are. */

import type { Fill } from './offer-backfill.ts'

export interface Deployed {
  name: string
  environment: string
  /** The URL of the Worker, without a path; `undefined` if it has none yet. */
  url?: string
  /** The names of its secrets; `undefined` if they cannot be listed. */
  secrets?: string[]
  fill: Fill
}

export function describeNextSteps({ name, environment, url, secrets, fill }: Deployed): string {
  const where = url ?? `https://<address of ${name}>`
  const isMissing = !secrets?.includes('ADMIN_TOKEN')
  const sections = [
    ...(isMissing ? [secretLines(environment, secrets !== undefined)] : []),
    ['The commands below take the admin token from the environment:', '  export ADMIN_TOKEN=<the token>'],
    ...(fill === 'filled' ? [] : [pastLines(where, fill)]),
    [
      fill === 'filled' ? 'To pull now instead of waiting for the cron:' : 'Then pull for the first time:',
      `  curl -X POST -H "Authorization: Bearer $ADMIN_TOKEN" ${where}/v1/admin/refresh`,
    ],
    ['To check its status:', `  curl ${where}/v1/status`],
  ]
  return [`Deployed ${name}${url ? ` at ${url}` : ''}`, ...sections.map((lines) => lines.join('\n'))].join('\n\n')
}

/** It must run before the daily pull, and before the first read, which starts a pull. */
function pastLines(where: string, fill: Fill): string[] {
  return [
    `${fill === 'empty' ? 'The registry is empty.' : 'The registry may be new.'} To add the history of models.dev, do it now: it cannot be added after the first pull, which the first read starts:`,
    `  npm run backfill -- --from git --url ${where}`,
  ]
}

function secretLines(environment: string, isKnown: boolean): string[] {
  const option = environment === '' ? '' : ` --env ${environment}`
  return [
    isKnown ? 'Set the missing secret; the command prompts for its value:' : 'Set this secret if it is not set yet:',
    `  npx wrangler secret put ADMIN_TOKEN${option}`,
    'To generate a token, which you keep and enter there:',
    '  openssl rand -hex 32',
  ]
}
