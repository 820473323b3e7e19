/** What is left to do after a deployment, as commands that work as they stand. */

export interface Deployed {
  name: string
  environment: string
  /** Where the Worker answers, without a path; `undefined` if nowhere yet. */
  url?: string
  /** The names of its secrets; `undefined` where they cannot be listed. */
  secrets?: string[]
  /** No key is needed where nothing is pulled from Artificial Analysis. */
  pullsFromSource: boolean
}

export function describeNextSteps({ name, environment, url, secrets, pullsFromSource }: Deployed): string {
  const wanted = ['ADMIN_TOKEN', ...(pullsFromSource ? ['AA_API_KEY'] : [])]
  const missing = wanted.filter((secret) => !secrets?.includes(secret))
  const where = url ?? `https://<where ${name} answers>`
  const sections = [
    ...(missing.length > 0 ? [secretLines(missing, environment, secrets !== undefined)] : []),
    ...(pullsFromSource
      ? [
          [
            missing.length > 0 ? 'Then pull for the first time:' : 'To pull now instead of at the next cron:',
            `  curl -X POST -H "Authorization: Bearer $ADMIN_TOKEN" ${where}/v1/admin/refresh`,
          ],
        ]
      : []),
    ['How it is doing:', `  curl ${where}/v1/status`],
  ]
  return [`Deployed ${name}${url ? ` at ${url}` : ''}`, ...sections.map((lines) => lines.join('\n'))].join('\n\n')
}

function secretLines(missing: string[], environment: string, isKnown: boolean): string[] {
  const option = environment === '' ? '' : ` --env ${environment}`
  return [
    isKnown
      ? 'Set the secrets that are missing; each command asks for the value:'
      : 'Set these secrets, if they are not set:',
    ...missing.map((secret) => `  bunx wrangler secret put ${secret}${option}`),
    ...(missing.includes('ADMIN_TOKEN') ? ['A token to keep and to enter for ADMIN_TOKEN: openssl rand -hex 32'] : []),
  ]
}
