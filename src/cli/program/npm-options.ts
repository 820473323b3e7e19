/**
 * Options that npm consumed: without `--` before them, `npm start --empty` runs the command without its option and only
 * sets a variable. Running it nevertheless could do harm, such as a deployment instead of a dry run.
 */
import { CommandError, type Context, type Options } from '../shared/command.ts'

/** The names of `npm run` in all versions of npm, and its short forms; npx passes options on. */
const RUNS_SCRIPTS = ['start', 'test', 'run', 'run-script']

/** `path` is how the command is typed. */
export function requirePassedOptions(options: Options, path: string, env: Context['env']): void {
  if (!RUNS_SCRIPTS.includes(env.npm_command ?? '')) return
  for (const [name, option] of Object.entries(options)) {
    const taken = env[`npm_config_${name.replaceAll('-', '_')}`]
    if (!taken || taken === 'false') continue
    const spelling = option.type === 'boolean' ? `--${name}` : `--${name} <${option.value}>`
    throw new CommandError(
      `Cannot read the command line: npm consumed --${name}; write "--" before it: ${path} ${spelling}`,
    )
  }
}
