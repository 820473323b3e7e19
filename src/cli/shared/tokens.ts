/** The token that a command sends: the first of those that a setting such as `ADMIN_TOKEN` lists. */
import { readSetting, tokenList } from '../../core/settings/setting.ts'
import { CommandError } from './command.ts'

type Environment = Record<string, string | undefined>

/** `undefined` if the setting is unset. */
export function firstToken(env: Environment, name: 'ADMIN_TOKEN' | 'READ_TOKEN'): string | undefined {
  const tokens = readSetting(env, name, tokenList('first'))
  if (!tokens.ok) throw new CommandError(tokens.failure.detail)
  return tokens.value[0]?.token
}
