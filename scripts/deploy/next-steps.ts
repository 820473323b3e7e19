/** What is left to do after a deployment, as commands that work as they stand. */

import type { Fill } from './offer-backfill.ts'

export interface Deployed {
  name: string
  environment: string
  /** Where the Worker answers, without a path; `undefined` if nowhere yet. */
  url?: string
  /** The names of its secrets; `undefined` where they cannot be listed. */
  secrets?: string[]
  fill: Fill
}

export function describeNextSteps({ name, environment, url, secrets, fill }: Deployed): string {
  const where = url ?? `https://<where ${name} answers>`
  const isMissing = !secrets?.includes('ADMIN_TOKEN')
  const sections = [
    ...(isMissing ? [secretLines(environment, secrets !== undefined)] : []),
    ['The commands below take the admin token from the environment:', '  export ADMIN_TOKEN=<the token>'],
    ...(fill === 'filled' ? [] : [pastLines(where, fill)]),
    [
      fill === 'filled' ? 'To pull now instead of at the next cron:' : 'Then pull for the first time:',
      `  curl -X POST -H "Authorization: Bearer $ADMIN_TOKEN" ${where}/v1/admin/refresh`,
    ],
    ['How it is doing:', `  curl ${where}/v1/status`],
  ]
  return [`Deployed ${name}${url ? ` at ${url}` : ''}`, ...sections.map((lines) => lines.join('\n'))].join('\n\n')
}

/** The daily pull, and the first read of an empty registry, end the time for it. */
function pastLines(where: string, fill: Fill): string[] {
  return [
    `${fill === 'empty' ? 'The registry is empty.' : 'If the registry is new:'} Fill it with the history of models.dev before anything else reads it, if you want to; after its first pull it cannot be added:`,
    `  npm run backfill -- --from git --url ${where}`,
  ]
}

function secretLines(environment: string, isKnown: boolean): string[] {
  const option = environment === '' ? '' : ` --env ${environment}`
  return [
    isKnown ? 'Set the secret that is missing; the command asks for the value:' : 'Set this secret, if it is not set:',
    `  npx wrangler secret put ADMIN_TOKEN${option}`,
    'To make a token, which you keep and enter there:',
    '  openssl rand -hex 32',
  ]
}
