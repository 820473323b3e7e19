/** The token a local command presents: the first of those that `ADMIN_TOKEN` names. */
import { parseConfig } from '../../config.ts'
import { CommandError } from './command.ts'

/** `undefined` if the setting is unset. */
export function firstAdminToken(setting: string | undefined): string | undefined {
  const { adminTokens } = parseConfig({ ADMIN_TOKEN: setting })
  if (!adminTokens.ok) throw new CommandError(adminTokens.failure.detail)
  return adminTokens.value[0]?.token
}
